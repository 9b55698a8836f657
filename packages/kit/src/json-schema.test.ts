import { Schema } from "mongoose";
import { describe, expect, it } from "vitest";
import { toJsonSchema } from "./json-schema.ts";
import { defineSchema, embedded, moneySchema } from "./model.ts";

const schema = defineSchema({
  name: { type: String, required: true, minlength: 2, maxlength: 50 },
  code: { type: String, match: /^[A-Z]{3}$/ },
  rating: { type: Number, required: true, min: 1, max: 5 },
  status: { type: String, required: true, enum: ["on", "off"] },
  mood: { type: String, enum: ["good", "bad"] },
  ownerId: { type: Schema.Types.ObjectId, required: true },
  parentId: { type: Schema.Types.ObjectId, default: null },
  isOpen: { type: Boolean, required: true },
  price: { type: moneySchema, required: true },
  address: { type: embedded({ city: { type: String, required: true, maxlength: 100 } }) },
  lines: {
    type: [embedded({ quantity: { type: Number, required: true, min: 1 }, note: { type: String, maxlength: 10 } })],
    required: true,
    maxItems: 100,
  },
  tags: { type: [{ type: String, maxlength: 20, match: /^\w+$/ }], required: true, maxItems: 5 },
  counts: { type: [{ type: Number, min: 0, max: 9 }], required: true },
});

const { bsonType, required, properties = {} } = toJsonSchema(schema);

describe("toJsonSchema", () => {
  it("describes an object with what every document has", () => {
    expect(bsonType).toBe("object");
    expect(required).toEqual(expect.arrayContaining(["_id", "tenantId", "version", "name", "price", "lines", "tags"]));
    expect(required).not.toEqual(expect.arrayContaining(["code"]));
    expect(properties.tenantId).toEqual({ bsonType: "string" });
    expect(properties.version).toMatchObject({ minimum: 1 });
  });

  it("keeps the limits that mongoose leaves out", () => {
    expect(properties.name).toEqual({ bsonType: "string", minLength: 2, maxLength: 50 });
    expect(properties.code).toMatchObject({ pattern: "^[A-Z]{3}$" });
    expect(properties.rating).toEqual({ bsonType: "number", minimum: 1, maximum: 5 });
    expect(properties.status).toEqual({ bsonType: "string", enum: ["on", "off"] });
  });

  it("lets optional fields be null, those with a choice too", () => {
    expect(properties.code?.bsonType).toEqual(["string", "null"]);
    expect(properties.parentId?.bsonType).toEqual(["objectId", "null"]);
    expect(properties.mood?.enum).toContain(null);
  });

  it("goes into embedded parts", () => {
    expect(properties.price).toMatchObject({
      required: ["amount", "currency"],
      properties: {
        amount: { minimum: -Number.MAX_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER },
        currency: { pattern: "^[A-Z]{3}$" },
      },
    });
    expect(properties.address?.properties?.city).toEqual({ bsonType: "string", maxLength: 100 });
  });

  it("goes into lists, whose elements are never null", () => {
    expect(properties.lines).toMatchObject({
      maxItems: 100,
      items: { bsonType: "object", properties: { quantity: { minimum: 1 }, note: { maxLength: 10 } } },
    });
    expect(properties.tags).toEqual({
      bsonType: "array",
      maxItems: 5,
      items: { bsonType: "string", maxLength: 20, pattern: "^\\w+$" },
    });
    expect(properties.counts?.items).toEqual({ bsonType: "number", minimum: 0, maximum: 9 });
  });

  it("uses no keyword that DocumentDB does not know", () => {
    const known = [
      "bsonType", "required", "properties", "items", "enum", "minimum", "maximum",
      "minLength", "maxLength", "pattern", "maxItems",
    ]; // prettier-ignore
    const walk = (node: object): string[] =>
      Object.entries(node).flatMap(([key, value]: [string, unknown]) => [
        ...(known.includes(key) ? [] : [key]),
        ...(key === "properties"
          ? Object.values(value as object).flatMap(walk)
          : key === "items"
            ? walk(value as object)
            : []),
      ]);
    expect(walk(toJsonSchema(schema))).toEqual([]);
  });

  it("refuses a pattern with flags, which the database would not follow", () => {
    const wrong = defineSchema({ code: { type: String, match: /^[a-z]+$/i } });
    expect(() => toJsonSchema(wrong)).toThrow("flags");
  });
});
