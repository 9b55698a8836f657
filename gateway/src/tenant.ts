// Which marketplace a request belongs to (ruling 2).
import { type IncomingHttpHeaders } from "node:http";
import { badUserInput } from "@tradegraph/kit/errors";
import { isShopId } from "@tradegraph/kit/viewer";

export const tenantHeader = "x-tenant-id";

export interface TenantRules {
  /** Host name → tenant. */
  hosts: Record<string, string>;
  /** Believe the header; for development and networks where only our own callers are. */
  trustHeader: boolean;
  /** For requests that say nothing. */
  fallback?: string | undefined;
}

let lastHost = "";
let lastName = "";
/** Without port and case; most requests name the host that the one before them named. */
function hostName(host: string): string {
  if (host !== lastHost) [lastHost, lastName] = [host, host.toLowerCase().replace(/\.?(:\d+)?$/, "")];
  return lastName;
}

/**
 * Verified token, host name, header, default: the first that speaks decides, and whoever says something else is refused
 * rather than overruled, because the caller would get another marketplace than it asked for.
 *
 * @throws PublicError BAD_USER_INPUT for a disagreement, an unbelieved header, or no tenant at all
 */
export function tenantOf(rules: TenantRules, headers: IncomingHttpHeaders, fromToken?: string): string {
  const header = headers[tenantHeader];
  const asked = typeof header === "string" && header !== "" ? header : undefined;
  if (asked !== undefined && !isShopId(asked)) {
    throw badUserInput(`The header ${tenantHeader} must be a lower-case slug such as acme.`);
  }
  const { host = "" } = headers;
  const name = Object.hasOwn(rules.hosts, host) ? host : hostName(host);
  const fromHost = Object.hasOwn(rules.hosts, name) ? rules.hosts[name] : undefined;
  if (fromToken !== undefined && fromHost !== undefined && fromToken !== fromHost) {
    throw badUserInput(
      `The access token or API key is for another marketplace than ${name}: use the host name of that one.`,
    );
  }
  const tenant = fromToken ?? fromHost ?? (rules.trustHeader ? asked : undefined) ?? rules.fallback;
  if (asked !== undefined && asked !== tenant) {
    throw badUserInput(
      tenant !== undefined && (fromToken ?? fromHost) !== undefined
        ? `The header ${tenantHeader} names another marketplace than the access token, API key or host name: leave it out.`
        : `The header ${tenantHeader} is not accepted here: use the marketplace's host name or an access token.`,
    );
  }
  if (tenant === undefined) {
    throw badUserInput(
      `No marketplace is named: use its host name, an access token${rules.trustHeader ? `, or the header ${tenantHeader}` : ""}.`,
    );
  }
  return tenant;
}
