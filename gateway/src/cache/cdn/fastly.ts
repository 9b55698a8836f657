// https://www.fastly.com/documentation/reference/api/purging/
import { type CdnProvider } from "./cdn-provider.ts";
import { type CdnAccount } from "./cdn-rules.ts";
import { callCdn } from "./cdn-request.ts";

/** Needs a token with the scopes `purge_select` and `purge_all`. */
export function createFastly({ id, token = "", url, timeoutMs = 5_000 }: CdnAccount): CdnProvider {
  const service = `${url ?? "https://api.fastly.com"}/service/${id}`;
  const headers = { "fastly-key": token };
  return {
    name: "fastly",
    maxTags: 256,
    hasSoft: true,
    async purgeTags(tags, { isSoft = false, signal }) {
      await callCdn({
        url: `${service}/purge`,
        headers: { ...headers, ...(isSoft && { "fastly-soft-purge": "1" }) },
        body: { surrogate_keys: tags },
        ...{ timeoutMs, signal },
      });
    },
    async purgeAll({ signal }) {
      await callCdn({ url: `${service}/purge_all`, headers, timeoutMs, signal });
    },
  };
}
