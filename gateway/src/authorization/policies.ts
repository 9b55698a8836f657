// The names that @policy may use, and what each asks of the viewer. Only what the access token or API key says is known
// here; whose order or company it is, the subgraphs decide.
import { type Viewer } from "@tradegraph/kit/viewer";

/** A new policy is one line here; a supergraph that names another does not load. */
export const policies: ReadonlyMap<string, (viewer: Viewer) => boolean> = new Map([
  /** People who run the shop, whatever their areas. */
  ["staff", ({ role }) => role === "admin"],
  /** Sellers. */
  ["supplier", ({ role }) => role === "supplier"],
  /** Who buys, for a company or alone. */
  ["buyer", ({ role }) => role === "customer"],
  /** Who acts for a company now: a member that chose it, or a partner that belongs to it. */
  ["company", ({ companyId }) => companyId !== undefined],
] satisfies [string, (viewer: Viewer) => boolean][]);
