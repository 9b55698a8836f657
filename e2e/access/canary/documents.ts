// The committed operations, with what the other tenant's documents hold in every variable that fits.
import { type GraphQLArgument, type GraphQLInputType, type GraphQLSchema, Kind, parse, typeFromAST } from "graphql";
import { argumentsWith, leavesOf } from "../arguments.ts";
import { type Pool, type Probe } from "./probes.ts";

/** What the documents of a collection are in the graph. */
const nodeTypes: Readonly<Record<string, string>> = {
  "carts._id": "Cart",
  "categories._id": "Category",
  "companies._id": "Company",
  "heroSlides._id": "HeroSlide",
  "inventory._id": "Inventory",
  "memberships._id": "CompanyMembership",
  "orders._id": "Order",
  "pages._id": "Page",
  "payments._id": "Payment",
  "priceLists._id": "PriceList",
  "products._id": "Product",
  "quotes._id": "Quote",
  "reviews._id": "Review",
  "stores._id": "Store",
  "users._id": "User",
};

/** @param path of the id: `collection._id` */
export const nodeTypesOf = (path = ""): string[] => (nodeTypes[path] === undefined ? [] : [nodeTypes[path]]);

export function documentProbes(
  api: GraphQLSchema,
  operations: readonly { name: string; text: string }[],
  pool: Pool,
  nodeIds: readonly string[],
): Probe[] {
  return operations.flatMap(({ name, text }) => {
    const definition = parse(text).definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
    // Mutations are tried by themselves.
    if (definition?.kind !== Kind.OPERATION_DEFINITION || definition.operation !== "query") return [];
    const variables = (definition.variableDefinitions ?? []).map(({ variable, type, defaultValue }) => ({
      name: variable.name.value,
      type: typeFromAST(api, type as never) as GraphQLInputType,
      defaultValue,
    })) as unknown as GraphQLArgument[];
    const isNode = /\bnode\(/.test(text);
    const ids = isNode ? nodeIds : pool.ids;
    const tries = leavesOf(variables).flatMap(({ path, type }) => {
      const values = type.name === "ID" ? ids : type.name === "String" ? pool.texts : [];
      return values.map((value) => ({ variables: argumentsWith(variables, path, value), sent: [value] }));
    });
    return [{ variables: argumentsWith(variables), sent: [] as string[] }, ...tries].map(({ variables, sent }) => ({
      ...{ name, query: text, variables },
      parts: [{ path: [], sent }],
    }));
  });
}
