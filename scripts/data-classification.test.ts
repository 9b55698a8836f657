// Every field that is stored has a class, what is about a person is exported and erased or says why not, and what is
// restricted does not get into logs.
import { classificationProblems, classifiedPaths } from "@tradegraph/kit/data-class";
import { personFieldProblems } from "@tradegraph/kit/person-fields";
import { redactedNames } from "@tradegraph/kit/redaction";
import { describe, expect, it } from "vitest";
import policy from "../schema/generated/policy.json" with { type: "json" };
import { classifiedDatabases } from "./generate/data-classification.ts";

/** Restricted fields whose name logs show, because it is a word for other things as well. */
const readable: Readonly<Record<string, string>> = {
  address: "the network address of a caller; logs have it on purpose (docs/PRIVACY.md)",
  city: "stands beside a street, which is hidden",
  content: "sealed text of a message",
  country: "two letters beside a street, which is hidden",
  event: "the name of an event elsewhere",
  hash: "the hash of an operation elsewhere; that of a session's token is inside `previous`, which nobody logs",
  key: "the name of a key elsewhere; here the hash of an address",
  owner: "who leads a piece of work elsewhere; here a hash",
  requestId: "links lines of one request; logs have it on purpose",
  sealed: "sealed by a token that is in no database",
  sessionId: "an id",
  spent: "hashes of tokens that are used up",
  state: "the state of an order elsewhere; here it stands beside a street, which is hidden",
  userId: "an id; logs have it on purpose",
};

const restricted = Object.values(classifiedDatabases).flatMap(({ schemas }) =>
  Object.values(schemas).flatMap((schema) =>
    classifiedPaths(schema).flatMap(({ path, dataClass }) => (dataClass === "restricted" ? [path] : [])),
  ),
);
const names = new Set(restricted.map((path) => path.slice(path.lastIndexOf(".") + 1)));

describe.each(Object.entries(classifiedDatabases))("the database of %s", (_, { schemas, fields }) => {
  it("has a class for every field", () => {
    expect(Object.entries(schemas).flatMap(([name, schema]) => classificationProblems(name, schema))).toEqual([]);
  });

  it("says of every field about a person what becomes of it", () => {
    expect(personFieldProblems(schemas, fields)).toEqual([]);
  });
});

it("gives what a member may do in a company one class, wherever it stands: the company's business, shown to it and to staff", () => {
  const classes = Object.values(classifiedDatabases).flatMap(({ schemas }) =>
    Object.entries(schemas).flatMap(([name, schema]) => {
      const typeAt = (path: string) =>
        schema.path(path.replaceAll("[]", "")) as { options?: { enum?: unknown } } | undefined;
      return classifiedPaths(schema).flatMap(({ path, dataClass }) => {
        const { enum: values } = typeAt(path)?.options ?? {};
        return Array.isArray(values) && values.includes("company_admin") ? [`${name}.${path} ${dataClass}`] : [];
      });
    }),
  );
  expect(classes.sort()).toEqual([
    "companies.openChanges[].role confidential",
    "invitations.role confidential",
    "memberships.role confidential",
  ]);
});

it("hides every restricted field in logs, but for words that have a reason", () => {
  expect([...names].filter((name) => !redactedNames.has(name) && readable[name] === undefined)).toEqual([]);
});

it("hides and excuses nothing that is not restricted any more", () => {
  expect([...redactedNames, ...Object.keys(readable)].filter((name) => !names.has(name))).toEqual([]);
  expect(Object.keys(readable).filter((name) => redactedNames.has(name))).toEqual([]);
});

/** Where a type of the graph that answers for everybody keep is stored; connections and the like store nothing. */
const storedAs: Readonly<Record<string, string>> = {
  "products.Attribute": "products.attributes[].",
  "products.Category": "categories.",
  "products.PriceTier": "products.tiers[].",
  "products.Product": "products.",
  "products.ProductOrigin": "products.origin.",
  "products.Store": "stores.",
  "users.SellerProfile": "users.sellerProfile.",
  "users.User": "users.",
  "content.HeroSlide": "heroSlides.",
  "content.Page": "pages.",
  "content.Review": "reviews.",
  "content.ReviewSummary": "reviewSummaries.",
  // When and how much of it was ordered is reckoned, and stored nowhere.
  "orders.Product": "nowhere.",
};

interface CacheRule {
  scope?: string;
  maxAge?: number;
  inheritMaxAge?: boolean;
  isEntity?: boolean;
  plain?: string[];
  fields?: Record<string, CacheRule>;
}
const isShared = ({ scope, maxAge = 0, inheritMaxAge = false }: CacheRule) =>
  scope !== "PRIVATE" && (maxAge > 0 || inheritMaxAge);
/** Names of fields that an answer for everybody may keep. */
const sharedFields = ({ plain = [], fields = {} }: CacheRule) => [
  ...plain,
  ...Object.entries(fields).flatMap(([name, rule]) => (isShared(rule) ? [name] : [])),
];

it("keeps nothing confidential or restricted in answers for everybody", () => {
  const classes = new Map<string, string | undefined>(
    Object.values(classifiedDatabases).flatMap(({ schemas }) =>
      Object.entries(schemas).flatMap(([name, schema]) =>
        classifiedPaths(schema).map(({ path, dataClass }) => [`${name}.${path}`, dataClass] as const),
      ),
    ),
  );
  const kept = Object.entries(policy.cache).flatMap(([database, { types }]) =>
    Object.entries(types as Record<string, CacheRule>)
      .filter(([, rule]) => isShared(rule))
      .map(([name, rule]) => ({ type: `${database}.${name}`, rule })),
  );
  // Of an entity that another subgraph owns there is only the id.
  const owned = kept.filter(
    ({ rule }) => rule.isEntity && sharedFields(rule).some((name) => name !== "id" && name !== "nodeId"),
  );
  expect(owned.map(({ type }) => type).filter((type) => storedAs[type] === undefined)).toEqual([]);
  const paths = kept.flatMap(({ type, rule }) => sharedFields(rule).map((name) => (storedAs[type] ?? "") + name));
  expect(paths.filter((path) => classes.has(path)).length).toBeGreaterThan(40);
  expect(paths.filter((path) => /confidential|restricted/.test(classes.get(path) ?? ""))).toEqual([]);
});
