// https://developers.cloudflare.com/api/resources/cache/methods/purge/
import { z } from "zod";
import { CdnError, type CdnProvider } from "./cdn-provider.ts";
import { type CdnAccount } from "./cdn-rules.ts";
import { callCdn } from "./cdn-request.ts";

/** Answers say for themselves whether they are one. */
const answerSchema = z.object({
  success: z.boolean(),
  errors: z.array(z.object({ code: z.number() })).optional(),
});

/** Needs a token with the permission `Cache Purge` for the zone. */
export function createCloudflare({ id, token = "", url, timeoutMs = 5_000 }: CdnAccount): CdnProvider {
  const purgeUrl = `${url ?? "https://api.cloudflare.com"}/client/v4/zones/${id}/purge_cache`;
  const headers = { authorization: `Bearer ${token}` };
  const purge = async (body: object, signal: AbortSignal) => {
    const answer = answerSchema.safeParse(await callCdn({ url: purgeUrl, headers, body, timeoutMs, signal })).data;
    if (answer?.success) return;
    const codes = answer?.errors?.map(({ code }) => code).join(", ");
    throw new CdnError(answer ? "invalid" : "failed", `answered 200 without success (${codes ?? "no JSON"})`);
  };
  return {
    name: "cloudflare",
    // Of every plan but Enterprise, which takes more.
    maxTags: 100,
    hasSoft: false,
    purgeTags: (tags, { signal }) => purge({ tags }, signal),
    purgeAll: ({ signal }) => purge({ purge_everything: true }, signal),
  };
}
