// Whom the load goes to. A typing error must not send it to somebody else's host.
import { isIP } from "node:net";

const isLoopback = (host: string): boolean =>
  host === "localhost" || host === "[::1]" || (isIP(host) === 4 && host.startsWith("127."));

/**
 * The endpoint, if load may be sent there: on this machine, or where `--host` repeats its host.
 * @throws Error that says what to do
 */
export function allowedTarget(text: string, allowed: string | undefined): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) throw new Error(`${text} is no address with http:// or https://.`);
  if (isLoopback(url.hostname)) return url;
  if (allowed === url.host) return url;
  throw new Error(
    `Load is sent to this machine only, unless you say the host again: --host ${url.host}. ` +
      "Ask its owner first; the firewall and the rate limits there count you as one visitor.",
  );
}
