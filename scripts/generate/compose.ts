import { composeServices } from "@apollo/composition";
import {
  type DocumentNode,
  GraphQLOneOfDirective,
  isInputObjectType,
  Kind,
  lexicographicSortSchema,
  parse,
  printSchema,
} from "graphql";

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
const reviewedHints: { code: string; coordinate: string }[] = [
  // Only directives have arguments of these types. They are @inaccessible, so that no client sees them.
  ...["CacheControlScope", "CacheDimension", "CacheAudience", "CacheWait"].map((coordinate) => ({
    code: "UNUSED_ENUM_TYPE",
    coordinate,
  })),
];

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
  const oneOf = oneOfInputs([...documents.values()]);
  const api = lexicographicSortSchema(result.schema.toAPISchema().toGraphQLJSSchema());
  for (const type of Object.values(api.getTypeMap()))
    if (isInputObjectType(type) && oneOf.has(type.name)) type.isOneOf = true;
  return { supergraph: withOneOf(result.supergraphSdl, oneOf), api: `${printSchema(api)}\n`, documents };
}

/** Inputs of which exactly one field is given. */
function oneOfInputs(documents: readonly DocumentNode[]): ReadonlySet<string> {
  const names = documents.flatMap(({ definitions }) =>
    definitions.flatMap((node) =>
      node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION && node.directives?.some(isOneOf) ? [node.name.value] : [],
    ),
  );
  return new Set(names);
}

const isOneOf = ({ name }: { name: { value: string } }) => name.value === GraphQLOneOfDirective.name;

/**
 * Composition drops `@oneOf`, so that the gateway would let through what a subgraph refuses as invalid. The planner leaves
 * directives alone that it does not know.
 */
function withOneOf(supergraph: string, names: ReadonlySet<string>): string {
  const ends = parse(supergraph).definitions.flatMap((node) =>
    node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION && names.has(node.name.value)
      ? [(node.directives?.at(-1) ?? node.name).loc?.end ?? 0]
      : [],
  );
  // From the end, so that places before stay where they are.
  const marked = ends.reduceRight((text, end) => `${text.slice(0, end)}\n  @oneOf${text.slice(end)}`, supergraph);
  return `${marked}\n\ndirective @oneOf on INPUT_OBJECT\n`;
}
