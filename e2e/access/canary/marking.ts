// Puts a mark of its own into every text of every document of the other tenant, as far as the databases' own validators
// let it, into sealed texts too.
import { describeCollections } from "@tradegraph/kit/collections";
import { type JsonSchema } from "@tradegraph/kit/json-schema";
import { type Sealed, sealedPattern } from "@tradegraph/kit/sealed-field";
import { schemas as contentSchemas } from "@tradegraph/content/models";
import { schemas as orderSchemas } from "@tradegraph/orders/models";
import { schemas as productSchemas } from "@tradegraph/products/models";
import { testCipher } from "@tradegraph/testkit/test-cipher";
import { schemas as userSchemas } from "@tradegraph/users/models";
import { mongo, type Schema, Types } from "mongoose";
import { type InProcessGraph, type SubgraphName, subgraphNames } from "../in-process-graph.ts";
import { otherTenant } from "../people.ts";

const schemas: Record<SubgraphName, Record<string, Schema>> = {
  products: productSchemas,
  orders: orderSchemas,
  users: userSchemas,
  content: contentSchemas,
};

/** What a mark looks like, with its number. */
export const markPattern = /canary(\d{6})/gi;
const markOf = (serial: number) => `canary${String(serial).padStart(6, "0")}`;

type Document = Record<string, unknown>;

export interface Marked {
  /** `collection.path` of every text that carries a mark, and of every one that cannot. */
  marked: Set<string>;
  unmarked: Set<string>;
}

/** Collections of a subgraph whose documents belong to a tenant. */
export const tenantCollections = (name: SubgraphName) =>
  describeCollections(schemas[name]).filter(({ validator }) => validator.properties?.tenantId !== undefined);

/** Marks all documents of the other tenant, and adds one to each collection, with a value in every field. */
export async function markEverything({ databases }: InProcessGraph): Promise<Marked> {
  const result: Marked = { marked: new Set(), unmarked: new Set() };
  let serial = 0;
  const marks = () => {
    const known = new Map<string, string>();
    return (text: string) => {
      const key = text.toLowerCase();
      const mark = known.get(key) ?? markOf((serial += 1));
      known.set(key, mark);
      return mark;
    };
  };
  for (const name of subgraphNames) {
    for (const { name: collection, validator } of tenantCollections(name)) {
      const target = databases[name].collection(collection);
      const documents = await target.find({ tenantId: otherTenant }).toArray();
      for (const document of documents) {
        const next = await marked({ node: validator, path: collection, result, markOf: marks() }, document);
        await target.replaceOne({ _id: document._id }, next as Document);
      }
      const whole = await marked({ node: validator, path: collection, result, markOf: marks() }, completed(validator));
      await target.insertOne({ ...(whole as Document), tenantId: otherTenant });
    }
  }
  for (const path of result.marked) result.unmarked.delete(path);
  return result;
}

interface Marking {
  node: JsonSchema | undefined;
  path: string;
  result: Marked;
  markOf: (text: string) => string;
}

async function marked(marking: Marking, value: unknown): Promise<unknown> {
  const { node, path } = marking;
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => marked({ ...marking, node: node?.items }, item));
    return Promise.all(items);
  }
  if (typeof value === "string") return markedText(marking, value);
  const isPlain = typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
  if (!isPlain) return value;
  const done: Document = {};
  for (const [name, inner] of Object.entries(value as Document))
    done[name] = await marked({ ...marking, node: node?.properties?.[name], path: `${path}.${name}` }, inner);
  return done;
}

async function markedText({ node, path, result, markOf: markFor }: Marking, text: string): Promise<string> {
  if (path.endsWith(".tenantId")) return text;
  if (sealedPattern.test(text) || node?.pattern === sealedPattern.source) {
    result.marked.add(path);
    const [collection = "", ...fields] = path.split(".");
    const place = { collection, field: fields.join("."), tenantId: otherTenant };
    const opened = sealedPattern.test(text) ? await testCipher.open(text as Sealed, place) : text;
    const parts = opened.startsWith("{") ? (JSON.parse(opened) as Record<string, string>) : undefined;
    // A country is two letters.
    const markedParts =
      parts &&
      JSON.stringify(parts, (key, part: unknown) =>
        typeof part === "string" && key !== "country" ? markFor(part) : part,
      );
    return testCipher.seal(markedParts ?? markFor(opened), place);
  }
  const mark = markFor(text);
  const longest = node?.maxLength ?? 200;
  const candidates = [
    `${mark} ${text}`,
    `${mark}${text}`,
    `${mark}@canary.example`,
    mark,
    `/${mark}`,
    `${text}${mark}`,
  ].map((one) => (one.length > longest ? mark : one));
  const isValid = (one: string) =>
    one.length <= longest && (node?.pattern === undefined || new RegExp(node.pattern).test(one));
  const isFree = node !== undefined && node.enum === undefined && !isName(text);
  // Texts that are addresses or paths stay such; whatever is looked for by the whole text becomes the mark alone.
  const wanted = /@/.test(text) ? candidates.slice(2) : /^\//.test(text) ? candidates.slice(4) : candidates.slice(3);
  const chosen = isFree ? wanted.find(isValid) : undefined;
  (chosen === undefined ? result.unmarked : result.marked).add(path);
  return chosen ?? text;
}

/** Ids, names of types and the like, which other documents or our code know by the same text. */
const isName = (text: string) => /^[0-9a-f]{24}$/.test(text);

/** A document with a value in every field, out of the validator alone. */
function completed(node: JsonSchema): unknown {
  const [type] = [node.bsonType].flat();
  if (node.enum) return node.enum.find((one) => one !== null);
  switch (type) {
    case "object":
      return Object.fromEntries(Object.entries(node.properties ?? {}).map(([name, part]) => [name, completed(part)]));
    case "array":
      // Two, because a place on the map has two numbers.
      return node.items ? [completed(node.items), completed(node.items)].slice(0, node.maxItems ?? 2) : [];
    case "string":
      return textFor(node);
    case "objectId":
      return new Types.ObjectId();
    case "date":
      return new Date(Date.now() + 3_600_000);
    case "bool":
      return false;
    case "number":
    case "double":
    case "int":
    case "long":
      return Math.max(node.minimum ?? 1, 1);
    case "decimal":
      return mongo.Decimal128.fromString("1");
    default:
      return {};
  }
}

/** Texts of fixed forms that our schemas ask for. */
const forms = [
  "canary",
  "canary.done",
  "tgk_00000000",
  "$argon2id$canary",
  "#ca9a71",
  "EUR",
  "DE",
  "c",
  "/canary",
  "canary@canary.example",
  new Types.ObjectId().toHexString(),
];

const textFor = ({ pattern, maxLength = 200, minLength = 0 }: JsonSchema): string => {
  if (pattern === sealedPattern.source) return "sealed";
  const long = ["x".repeat(Math.max(minLength, 1)), "a".repeat(64), "A".repeat(43)];
  const fitting = [...forms, ...long].find(
    (one) => one.length <= maxLength && one.length >= minLength && (!pattern || new RegExp(pattern).test(one)),
  );
  return fitting ?? "?";
};
