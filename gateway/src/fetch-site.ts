// Where a failed fetch to a subgraph belongs in the answer. @apollo/gateway gives such errors no path; the data source
// remembers what was asked for, and once the data is complete each field that stayed null gets its own error.
import { GraphQLError, Kind, parse, type SelectionSetNode } from "graphql";

export interface FetchSite {
  /** Path in the answer at which the fetched data goes; "@" stands for every item of a list. */
  path: readonly (string | number)[];
  /** Response names of the fields that were asked for. */
  fields: readonly string[];
}

/** More paths than this per failed fetch help nobody and only make the answer large. */
const maxPathsPerFetch = 100;

const sites = new WeakMap<object, FetchSite>();

/** Remembers the fetch to which an error belongs. */
export function rememberSite<E extends object>(error: E, site: FetchSite): E {
  sites.set(error, site);
  return error;
}

/** Response names at the top of a subgraph query, below `_entities` if it has representations. */
export function requestedFields(query: string): string[] {
  const { definitions } = parse(query, { noLocation: true });
  const names = new Set<string>();
  const collect = ({ selections }: SelectionSetNode) => {
    for (const selection of selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet);
      else if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = definitions.find(
          (d) => d.kind === Kind.FRAGMENT_DEFINITION && d.name.value === selection.name.value,
        );
        if (fragment?.kind === Kind.FRAGMENT_DEFINITION) collect(fragment.selectionSet);
      } else if (selection.name.value === "_entities" && selection.selectionSet) collect(selection.selectionSet);
      else if (selection.name.value !== "__typename") names.add(selection.alias?.value ?? selection.name.value);
    }
  };
  for (const definition of definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) collect(definition.selectionSet);
  }
  return [...names];
}

type Path = (string | number)[];

/** Paths of the asked fields that are null, following `path` through the data; stops at the first null on the way. */
function nullPaths(value: unknown, path: readonly (string | number)[], fields: readonly string[], at: Path): Path[] {
  if (value === null || value === undefined) return at.length > 0 ? [at] : fields.map((field) => [field]);
  if (typeof value !== "object") return [];
  if (Array.isArray(value)) {
    const rest = path[0] === "@" ? path.slice(1) : path;
    return value.flatMap((item, index) => nullPaths(item, rest, fields, [...at, index]));
  }
  const data = value as Record<string, unknown>;
  const [head, ...rest] = path;
  if (head === undefined) {
    return fields.filter((field) => Object.hasOwn(data, field) && data[field] === null).map((field) => [...at, field]);
  }
  return Object.hasOwn(data, head) ? nullPaths(data[head], rest, fields, [...at, head]) : [];
}

/** Gives each error of a failed fetch the paths it explains in the finished data; leaves all other errors as they are. */
export function locateErrors(errors: readonly GraphQLError[], data: unknown): GraphQLError[] {
  return errors.flatMap((error) => {
    const site = sites.get(error) ?? (error.originalError ? sites.get(error.originalError) : undefined);
    if (!site || error.path) return [error];
    let paths = nullPaths(data, site.path, site.fields, []).slice(0, maxPathsPerFetch);
    if (paths.length === 0) {
      // Only fields that other fetches need were missing: point at what surrounds them.
      const list = site.path.indexOf("@");
      const around = list === -1 ? site.path : site.path.slice(0, list);
      paths = [around.length > 0 ? [...around] : site.fields.slice(0, 1)];
    }
    const { message, extensions } = error;
    const original = error.originalError ?? error;
    return paths.map((path) => new GraphQLError(message, { path, extensions, originalError: original }));
  });
}
