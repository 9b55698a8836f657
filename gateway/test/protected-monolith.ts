// A schema with every kind of demand in one program, behind the authorization of the gateway: what the gateway would
// fetch from subgraphs is executed here, so that documents can be tried by the thousand.
import { type Viewer } from "@tradegraph/kit/viewer";
import {
  buildASTSchema,
  type DocumentNode,
  execute,
  type ExecutionResult,
  getNamedType,
  getNullableType,
  type GraphQLFieldResolver,
  getOperationAST,
  type GraphQLOutputType,
  isAbstractType,
  isCompositeType,
  isListType,
  isNonNullType,
  parse,
  print,
  specifiedRules,
  validate,
} from "graphql";
import { createAccessRules } from "../src/authorization/access-rules.ts";
import { type AuthorizationOptions, authorizeExecutor } from "../src/authorization/authorize-executor.ts";
import { compilePolicy } from "../src/authorization/compile-policy.ts";
import { sha256 } from "../src/authorization/policy-file.ts";
import { compose } from "./fake-graph.ts";

const typeDefs = `
  type Query {
    open: String
    thing: Thing
    things: [Thing!]
    item: Item
    items: [[Item]!]
    book: Book
    books(first: Int): [Book!]!
    vault: Vault
    token: Secret
    mood: Mood
    closed: String! @authenticated
    report: Book @requiresScopes(scopes: [["admin"], ["staff:audit", "reports"]])
  }
  type Mutation { open: String closed: Book @authenticated audited: String @requiresScopes(scopes: [["admin"]]) }
  interface Thing { id: ID! name: String friend: Thing things: [Thing!] }
  interface Owned { owner: String }
  union Item = Book | Vault | Toy
  scalar Secret @policy(policies: [["staff"]])
  enum Mood @authenticated { GOOD BAD }
  type Book implements Thing & Owned {
    id: ID!
    name: String
    friend: Thing
    things: [Thing!]
    owner: String @authenticated
    note: String @authenticated
    price: Int! @policy(policies: [["supplier"], ["staff"]])
    token: Secret
    next: Book
    books: [Book!]
  }
  type Toy implements Thing & Owned { id: ID! name: String friend: Thing things: [Thing!] owner: String mood: Mood }
  type Vault implements Thing @authenticated {
    id: ID!
    name: String
    friend: Thing
    things: [Thing!]
    gold: Int! @policy(policies: [["staff"]])
  }
`;

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.12",
  import: ["@authenticated", "@requiresScopes", "@policy"])`;

export const supergraph = compose([{ name: "one", url: "http://127.0.0.1:9/graphql", typeDefs: link + typeDefs }]);
export const policy = compilePolicy(supergraph);
export const schema = buildASTSchema(parse(typeDefs), { assumeValidSDL: true });
export const rules = createAccessRules(policy, schema);

const viewer = (role: Viewer["role"], scopes: string[] = []): Viewer => ({ tenantId: "acme", role, scopes });
export const viewers = {
  visitor: viewer("anonymous"),
  buyer: viewer("customer"),
  supplier: viewer("supplier"),
  auditor: viewer("customer", ["staff:audit"]),
  reporter: viewer("customer", ["staff:audit", "reports"]),
  staff: viewer("admin"),
  admin: viewer("admin", ["admin"]),
};

/** A number that is the same for the same text, spread well enough. */
const spread = (text: string) => parseInt(sha256(text).slice(0, 8), 16);

function valueOf(type: GraphQLOutputType, place: string): unknown {
  if (!isNonNullType(type) && spread(`null ${place}`) % 8 === 0) return null;
  const nullable = getNullableType(type);
  if (isListType(nullable)) {
    const items = Array.from({ length: spread(`length ${place}`) % 3 }, (_, index) => index);
    return items.map((index) => valueOf(nullable.ofType as GraphQLOutputType, `${place}.${index}`));
  }
  const named = getNamedType(nullable);
  if (isAbstractType(named)) {
    const types = schema.getPossibleTypes(named);
    return { __typename: types[spread(`type ${place}`) % types.length]?.name };
  }
  if (isCompositeType(named)) return { __typename: named.name };
  return named.name === "Mood" ? "GOOD" : spread(place) % 1_000;
}

/** Makes up a value from the place in the answer, so that the same question always has the same answer. */
export const madeUp =
  (seed: string): GraphQLFieldResolver<unknown, unknown> =>
  (_source, _args, _context, info) => {
    const keys: (string | number)[] = [];
    for (let at: typeof info.path | undefined = info.path; at; at = at.prev) keys.unshift(at.key);
    return valueOf(info.returnType, `${seed} ${keys.join(".")}`);
  };

export interface Answer extends ExecutionResult {
  /** What was asked of the graph, or undefined when nothing was. */
  asked: DocumentNode | undefined;
  /** Key of the plan. */
  hash: string | undefined;
  errorCodes: string[];
}

export interface Question {
  query: string;
  as?: Viewer;
  variables?: Record<string, unknown>;
  operationName?: string;
  seed?: string;
}

/** Asks as the gateway does. @throws Error for a document that validation would have refused */
export function createMonolith(options: Partial<AuthorizationOptions> = {}) {
  let asked: { document: DocumentNode; hash: string } | undefined;
  let seed = "";
  const executor = authorizeExecutor(
    ({ document, queryHash, request }) => {
      asked = { document, hash: queryHash };
      const { operationName, variables: variableValues } = request;
      const fieldResolver = madeUp(seed);
      const result = execute({ schema, document, operationName, variableValues, fieldResolver });
      return Promise.resolve(result as never);
    },
    rules,
    { reject: false, errors: "errors", ...options },
  );
  return async (question: Question): Promise<Answer> => {
    const { query, as = viewers.visitor, variables = {}, operationName } = question;
    const document = parse(query);
    const [fault] = validate(schema, document, specifiedRules);
    if (fault) throw fault;
    asked = undefined;
    seed = question.seed ?? "seed 1";
    const scope = { viewer: as, errorCodes: [] as string[] };
    const context = {
      ...{ schema, document, source: query, queryHash: sha256(query), operationName: operationName ?? null },
      ...{ request: { query, variables, operationName }, context: { scope } },
      operation: getOperationAST(document, operationName),
    };
    const result = (await executor(context as never)) as ExecutionResult;
    // The document that is sent on must be one that validation would let through.
    const left = (asked as { document: DocumentNode } | undefined)?.document;
    const [wrong] = left ? validate(schema, parse(print(left)), specifiedRules) : [];
    if (wrong) throw wrong;
    return {
      ...result,
      asked: left,
      hash: (asked as { hash: string } | undefined)?.hash,
      errorCodes: scope.errorCodes,
    };
  };
}

/** The text of what was asked, on one line. */
export const askedText = ({ asked }: Answer): string => (asked ? print(asked).replaceAll(/\s+/g, " ") : "");
