// Random documents: what is asked for never holds a closed field and always the open ones, and the answer is that of a
// server that executes the whole document and refuses closed fields one by one.
import fc from "fast-check";
import {
  type ASTNode,
  defaultFieldResolver,
  execute,
  type DocumentNode,
  type FieldNode,
  getNamedType,
  type GraphQLCompositeType,
  GraphQLError,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  Kind,
  parse,
  print,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from "graphql";
import { expect, it } from "vitest";
import { createMonolith, madeUp, policy, schema, viewers } from "../../test/protected-monolith.ts";
import { meets } from "./requirement.ts";

type ViewerName = keyof typeof viewers;

/** Straight from the file, without any of the program's shortcuts. */
function isOpen(
  viewer: ViewerName,
  parent: GraphQLCompositeType,
  node: FieldNode,
  given: GraphQLCompositeType | { name: string },
) {
  const { types, fields } = policy.authorization;
  const possible = (type: GraphQLCompositeType) => [
    type,
    ...(isAbstractType(type) ? schema.getPossibleTypes(type) : []),
  ];
  const own = node.selectionSet?.selections.some((one) => one.kind === Kind.FIELD && one.name.value !== "__typename");
  const demands = [
    ...possible(parent).flatMap(({ name }) => [types[name], fields[`${name}.${node.name.value}`]]),
    ...(isInterfaceType(given) ? (own ? possible(given).map(({ name }) => types[name]) : []) : [types[given.name]]),
  ];
  return demands.every((demand) => demand === undefined || meets(viewers[viewer], demand));
}

/** Without named fragments, so that each place of a field is a node of its own. */
function inlined(document: DocumentNode): DocumentNode {
  const fragments = new Map(
    document.definitions.flatMap((d) => (d.kind === Kind.FRAGMENT_DEFINITION ? [[d.name.value, d] as const] : [])),
  );
  const expand = <N extends ASTNode>(node: N): N =>
    visit(node, {
      FragmentSpread(spread) {
        const fragment = fragments.get(spread.name.value)!;
        const { typeCondition, selectionSet } = structuredClone({ ...fragment, loc: undefined });
        return expand({
          kind: Kind.INLINE_FRAGMENT as const,
          typeCondition,
          selectionSet,
          directives: spread.directives,
        });
      },
    }) as N;
  const text = document.definitions.filter((d) => d.kind === Kind.OPERATION_DEFINITION).map((d) => print(expand(d)));
  return parse(text.join("\n"));
}

/** Nodes of an inlined document that the viewer may not read, everything below a closed one included. */
function closedNodes(document: DocumentNode, viewer: ViewerName): Set<FieldNode> {
  const closed = new Set<FieldNode>();
  const info = new TypeInfo(schema);
  let inside = 0;
  visit(
    document,
    visitWithTypeInfo(info, {
      Field: {
        enter(node) {
          const parent = info.getParentType();
          const type = info.getType();
          const isMeta = node.name.value.startsWith("__");
          if (inside === 0 && (isMeta || (parent && type && isOpen(viewer, parent, node, getNamedType(type))))) return;
          inside += 1;
          closed.add(node);
        },
        leave(node) {
          if (closed.has(node)) inside -= 1;
        },
      },
    }),
  );
  return closed;
}

const countFields = (document: DocumentNode | undefined, closed?: Set<FieldNode>) => {
  let count = 0;
  if (document) {
    visit(document, {
      Field(node) {
        const isOurs = node.alias?.value.startsWith("typenameFor");
        // What a closed field is asked for is not counted either: `closed` holds it.
        if (!isOurs && !closed?.has(node)) count += 1;
      },
    });
  }
  return count;
};

/** The reference: the whole document on one server, which throws for a field all of whose places are closed. */
function reference(query: string, viewer: ViewerName, variables: Record<string, unknown>, seed: string) {
  const document = inlined(parse(query));
  const closed = closedNodes(document, viewer);
  const resolve = madeUp(seed);
  const { data, errors } = execute({
    ...{ schema, document, variableValues: variables },
    fieldResolver(source, args, context, info) {
      if (info.fieldNodes.every((node) => closed.has(node))) throw new GraphQLError("closed");
      if (info.fieldName.startsWith("__")) return defaultFieldResolver(source, args, context, info);
      return resolve(source, args, context, info);
    },
  }) as { data: unknown; errors?: GraphQLError[] };
  return { data, paths: (errors ?? []).map(({ path }) => path), open: countFields(document, closed), closed };
}

const typeNames = ["Thing", "Owned", "Book", "Toy", "Vault", "Item"];
const condition = fc.constantFrom(
  "",
  "",
  "",
  "@include(if: $yes)",
  "@skip(if: $yes)",
  "@skip(if: $no)",
  "@include(if: false)",
);

/** Text of what stands between braces of a type; numbers choose, so that any numbers make a valid text. */
function selectionsOf(type: GraphQLCompositeType, depth: number): fc.Arbitrary<string> {
  const fields = "getFields" in type ? Object.values(type.getFields()) : [];
  const leaf = fc.constantFrom(
    "__typename",
    ...fields.filter((f) => !isCompositeType(getNamedType(f.type))).map((f) => f.name),
  );
  const aliased = (name: string) => fc.constantFrom(name, `a_${name}: ${name}`);
  const simple = fc.tuple(leaf.chain(aliased), condition).map((parts) => parts.join(" "));
  if (depth === 0) return fc.array(simple, { minLength: 1, maxLength: 3 }).map((all) => all.join(" "));
  const deeper = fields.filter((f) => isCompositeType(getNamedType(f.type)));
  const nested = deeper.map((field) =>
    fc
      .tuple(aliased(field.name), condition, selectionsOf(getNamedType(field.type) as GraphQLCompositeType, depth - 1))
      .map(([name, directive, inside]) => `${name} ${directive} { ${inside} }`),
  );
  const possible = (name: string) => {
    const other = schema.getType(name) as GraphQLCompositeType;
    const all = (one: GraphQLCompositeType) => (isAbstractType(one) ? schema.getPossibleTypes(one) : [one]);
    return all(other).some((one) => all(type).some((mine) => mine.name === one.name));
  };
  const fragments = typeNames
    .filter(possible)
    .map((name) =>
      fc
        .tuple(condition, selectionsOf(schema.getType(name) as GraphQLCompositeType, depth - 1))
        .map(([directive, inside]) => `... on ${name} ${directive} { ${inside} }`),
    );
  const spreads = typeNames.filter(possible).flatMap((name) => [0, 1].map((n) => fc.constant(`...F${name}${n}`)));
  const choices = [simple, simple, ...nested, ...nested, ...fragments, ...spreads];
  return fc.array(fc.oneof(...choices), { minLength: 1, maxLength: 4 }).map((all) => all.join(" "));
}

const fragmentTexts = fc.tuple(
  ...typeNames.flatMap((name) =>
    [0, 1].map((n) =>
      selectionsOf(schema.getType(name) as GraphQLCompositeType, 0).map(
        (inside) => [`F${name}${n}`, `fragment F${name}${n} on ${name} { ${inside} }`] as const,
      ),
    ),
  ),
);

const documents = fc
  .tuple(fc.constantFrom("Query", "Mutation"), fc.nat(3))
  .chain(([root, depth]) =>
    fc.tuple(fc.constant(root), selectionsOf(schema.getType(root) as GraphQLCompositeType, depth), fragmentTexts),
  )
  .map(([root, selections, fragments]) => {
    const used = fragments.filter(([name]) => selections.includes(name)).map(([, text]) => text);
    // Each variable is used once at least, or validation would refuse the document.
    const always = "u: __typename @include(if: $yes) v: __typename @skip(if: $no)";
    return `${root.toLowerCase()} ($yes: Boolean = true, $no: Boolean!) { ${always} ${selections} } ${used.join(" ")}`;
  });

const names = fc.constantFrom(...(Object.keys(viewers) as ViewerName[]));

it(
  "asks for everything open and nothing closed, and answers as a server that refuses field by field",
  { timeout: 60_000 },
  async () => {
    const ask = createMonolith();
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(
        documents,
        names,
        fc.boolean(),
        fc.boolean(),
        fc.nat(20),
        async (query, viewer, yes, no, number) => {
          const seed = `seed ${number}`;
          const expected = reference(query, viewer, { yes, no }, seed);
          const answer = await ask({ query, as: viewers[viewer], variables: { yes, no }, seed });
          const left = answer.asked && inlined(answer.asked);
          if (left) expect([...closedNodes(left, viewer)].map((node) => print(node))).toEqual([]);
          expect(countFields(left)).toBe(expected.open);
          expect(JSON.stringify(answer.data)).toBe(JSON.stringify(expected.data));
          expect((answer.errors ?? []).map(({ path }) => path)).toEqual(expected.paths.slice(0, 100));
          refused += expected.paths.length > 0 ? 1 : 0;
        },
      ),
      { numRuns: 500 },
    );
    // A property over documents that refuse nothing would prove nothing.
    expect(refused).toBeGreaterThan(100);
  },
);
