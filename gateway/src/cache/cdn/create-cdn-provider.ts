import { type CdnProvider } from "./cdn-provider.ts";
import { type CdnRules } from "./cdn-rules.ts";
import { createCloudflare } from "./cloudflare.ts";
import { createCloudFront } from "./cloudfront.ts";
import { createFastly } from "./fastly.ts";

const creators = { fastly: createFastly, cloudflare: createCloudflare, cloudfront: createCloudFront };

export const createCdnProvider = (rules: CdnRules): CdnProvider => creators[rules.name](rules);
