import { type CacheRules } from "@tradegraph/kit/cache-rules";

/** People and firms. Sessions, partners, mails and the audit log are shown as they are now, or not at all. */
export const cacheRules = {
  Company: {},
  Invitation: {},
  Membership: {},
  User: { hiddenFields: ["leavingUntil", "passwordHash", "sessionsValidFrom", "tokensNotBefore"] },
} satisfies CacheRules;
