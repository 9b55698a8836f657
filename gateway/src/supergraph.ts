// What of the supergraph ApolloGateway gets to see.
import { type ConstDirectiveNode, Kind, parse, print, visit } from "graphql";

/** @link specifications whose directives say who may see a field. Without a guard that enforces them they protect nothing. */
export const securityFeatures = ["authenticated", "requiresScopes", "policy"];
/** Linked for execution, yet an answer without them is still right: cache tags only tell caches what to forget. */
const harmlessFeatures = ["cacheTag"];

function linkOf(directive: ConstDirectiveNode): { feature: string; version: string } | undefined {
  const url = directive.arguments?.find(({ name }) => name.value === "url")?.value;
  const purpose = directive.arguments?.some(({ name }) => name.value === "for");
  if (directive.name.value !== "link" || url?.kind !== Kind.STRING || !purpose) return undefined;
  const [, feature, version] = /^https:\/\/specs\.apollo\.dev\/(\w+)\/(v[\d.]+)$/.exec(url.value) ?? [];
  return feature && version ? { feature, version } : undefined;
}

/**
 * The supergraph as ApolloGateway takes it. It refuses every feature linked `for: SECURITY` or `for: EXECUTION` that it
 * does not know, so the purpose is removed from those that this program handles itself (ruling 16). All others keep
 * theirs, and ApolloGateway refuses them.
 *
 * @param enforced names of the security features that a guard of this gateway enforces
 * @throws Error for a security feature that nothing enforces: better no gateway than an open one
 */
export function loadableSupergraph(sdl: string, enforced: ReadonlySet<string> = new Set()): string {
  let changed = false;
  const document = visit(parse(sdl, { noLocation: true }), {
    Directive(directive) {
      const link = linkOf(directive as ConstDirectiveNode);
      if (link?.version !== "v0.1") return undefined;
      if (securityFeatures.includes(link.feature) && !enforced.has(link.feature)) {
        throw new Error(`The supergraph uses @${link.feature}, which is enforced only with the guard "authorization".`);
      }
      if (![...securityFeatures, ...harmlessFeatures].includes(link.feature)) return undefined;
      changed = true;
      return { ...directive, arguments: directive.arguments?.filter(({ name }) => name.value !== "for") };
    },
  });
  return changed ? print(document) : sdl;
}
