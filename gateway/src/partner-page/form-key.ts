// The key as the form of the page sends it.
import { readBytes } from "../http/body.ts";
import { badRequest, refusal } from "../http/refusal.ts";
import { type Exchange } from "../http/steps.ts";

/** Bytes; a key has 57, and browsers may send some more beside it. */
const longestForm = 1_024;

const isForm = (type: string | undefined): boolean =>
  /^application\/x-www-form-urlencoded\s*(;\s*charset\s*=\s*"?utf-?8"?\s*)?$/i.test(type ?? "");

/**
 * Whether the form of another site may have sent it. Programs send neither header. Browsers send `Sec-Fetch-Site` to
 * hosts with TLS only, and `Origin` as a name because of the page's referrer policy.
 */
function isFromElsewhere({ headers }: Exchange, ownOrigins: readonly string[]): boolean {
  const { "sec-fetch-site": site, origin } = headers;
  if (site !== undefined) return site !== "same-origin" && site !== "none";
  return origin !== undefined && !ownOrigins.includes(origin);
}

/** @throws GraphQLError 400, 403, 413 or 415 */
export async function keyInForm(exchange: Exchange, ownOrigins: readonly string[]): Promise<string> {
  const { headers } = exchange;
  if (isFromElsewhere(exchange, ownOrigins))
    throw refusal(403, "FORBIDDEN", "Another site has sent this form: type the key in here.");
  if (!isForm(headers["content-type"]) || (headers["content-encoding"] ?? "identity") !== "identity")
    throw refusal(415, "BAD_REQUEST", "Send the form as application/x-www-form-urlencoded.");
  const bytes = await readBytes(exchange, longestForm, (read) => read);
  const keys = new URLSearchParams(bytes.toString("latin1")).getAll("key").map((key) => key.trim());
  const [key = ""] = keys;
  if (keys.length > 1) throw badRequest("The form has more than one key.");
  if (key === "") throw badRequest("Type your API key.");
  return key;
}
