// The one provider of a program. The default provider is switched off (stack files), because it would take region and
// account from the machine it runs on.
import { Provider } from "@pulumi/aws/provider.js";
import { type Region } from "./regions.ts";
import { boundRoles } from "./role-boundary.ts";
import { type StackName } from "./stack-name.ts";
import { tagsOf } from "./tags.ts";

export interface ProviderSettings {
  account: string;
  region: Region;
  owner: string;
}

/**
 * Hand it to each component as `{ provider }`; another region is the resource's own `region`.
 * @param name another one for a second provider, where a whole component stands in another region
 */
export function awsProvider(program: string, stack: StackName, settings: ProviderSettings, name = "aws"): Provider {
  const { account, region, owner } = settings;
  // Bootstrap is brought up by a person, and makes the roles that deploy.
  if (program !== "bootstrap") boundRoles(account, stack);
  return new Provider(name, {
    region,
    allowedAccountIds: [account],
    defaultTags: { tags: tagsOf({ stack, program, owner }) },
  });
}
