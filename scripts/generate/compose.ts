import { composeServices } from "@apollo/composition";
import { type DocumentNode, lexicographicSortSchema, parse, printSchema } from "graphql";

/** SDL of one subgraph with the address under which it runs by default. */
export interface SubgraphSource {
  name: string;
  url: string;
  sdl: string;
}

export interface Composed {
  supergraph: string;
  /** The schema that clients see. */
  api: string;
  documents: Map<string, DocumentNode>;
}

/**
 * Hints that we have looked at. Everything else that composition has to say fails: a hint is how a field vanishes
 * silently.
 */
const reviewedHints: { code: string; coordinate: string }[] = [];

/** @throws Error with all composition errors and hints */
export function compose(sources: SubgraphSource[]): Composed {
  const documents = new Map(sources.map(({ name, sdl }) => [name, parse(sdl)]));
  const result = composeServices(sources.map(({ name, url }) => ({ name, url, typeDefs: documents.get(name)! })));
  if (result.errors)
    throw new Error(`The subgraphs do not compose:\n${result.errors.map((error) => `- ${error.message}`).join("\n")}`);
  const hints = result.hints.filter(
    (hint) =>
      !reviewedHints.some(({ code, coordinate }) => hint.definition.code === code && hint.coordinate === coordinate),
  );
  if (hints.length > 0)
    throw new Error(
      `Composition hints:\n${hints.map((hint) => `- ${hint.definition.code}: ${hint.message}`).join("\n")}`,
    );
  const api = lexicographicSortSchema(result.schema.toAPISchema().toGraphQLJSSchema());
  return { supergraph: `${result.supergraphSdl}\n`, api: `${printSchema(api)}\n`, documents };
}
