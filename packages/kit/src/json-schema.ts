import { type Schema, type SchemaType } from "mongoose";

/** The part of $jsonSchema that MongoDB and DocumentDB both know (domain-and-data 4.1). */
export interface JsonSchema {
  bsonType?: string | string[];
  required?: string[];
  properties?: Record<string, JsonSchema>;
  items?: JsonSchema;
  enum?: unknown[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  maxItems?: number;
}

type Constraints = Partial<Record<"min" | "max" | "minlength" | "maxlength", unknown>> & {
  match?: unknown;
  maxItems?: number;
};

/**
 * The validator of a collection, out of its mongoose schema: mongoose's own conversion, completed by the limits that it
 * leaves out (min, max, minlength, maxlength, match). Limits must be plain values, not functions.
 */
export function toJsonSchema(schema: Schema): JsonSchema {
  const base = schema.toJSONSchema({ useBsonType: true }) as JsonSchema;
  addLimits(schema, base);
  return { bsonType: "object", ...base };
}

function addLimits(schema: Schema, node: JsonSchema): void {
  schema.eachPath((path, type) => {
    const target = nodeAt(node, path);
    if (!target) return;
    limit(target, type.options as Constraints);
    const { schema: nested, embeddedSchemaType } = type as SchemaType & {
      schema?: Schema;
      embeddedSchemaType?: SchemaType;
    };
    if (type.instance === "Embedded" && nested) addLimits(nested, target);
    if (type.instance === "Array" && target.items) {
      // An element of a list is never null.
      if (Array.isArray(target.items.bsonType)) target.items.bsonType = target.items.bsonType[0] ?? "object";
      if (nested) addLimits(nested, target.items);
      else if (embeddedSchemaType) limit(target.items, embeddedSchemaType.options as Constraints);
    }
  });
}

function nodeAt(root: JsonSchema, path: string): JsonSchema | undefined {
  return path.split(".").reduce<JsonSchema | undefined>((node, step) => node?.properties?.[step], root);
}

function limit(node: JsonSchema, { min, max, minlength, maxlength, match, maxItems }: Constraints): void {
  if (typeof min === "number") node.minimum = min;
  if (typeof max === "number") node.maximum = max;
  if (typeof minlength === "number") node.minLength = minlength;
  if (typeof maxlength === "number") node.maxLength = maxlength;
  if (match instanceof RegExp) node.pattern = patternOf(match);
  if (typeof maxItems === "number") node.maxItems = maxItems;
}

function patternOf({ source, flags }: RegExp): string {
  if (flags !== "")
    throw new Error(`/${source}/${flags}: a validator knows no flags, so the database would check something else.`);
  return source;
}
