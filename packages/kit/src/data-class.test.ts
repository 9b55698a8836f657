import { type SchemaDefinition } from "mongoose";
import { expect, it } from "vitest";
import { classificationProblems, classifiedPaths } from "./data-class.ts";
import { defineSchema, embedded, moneySchema } from "./model.ts";
import { sealedField } from "./sealed-field.ts";

const address = embedded({
  street: { ...sealedField(30), required: true },
  city: { type: String, dataClass: "restricted", personal: true },
});
const fields = {
  name: { type: String, dataClass: "public" },
  price: { type: moneySchema, dataClass: "confidential" },
  addresses: { type: [address] },
  tags: { type: [String], dataClass: "internal" },
};
const classesOf = (definition: SchemaDefinition) =>
  Object.fromEntries(
    classifiedPaths(defineSchema(definition)).map(({ path, dataClass, isPersonal, isSealed }) => [
      path,
      [dataClass, isPersonal && "personal", isSealed && "sealed"].filter(Boolean).join(" "),
    ]),
  );

it("tells every path of a model, in parts and lists too, and what all documents have", () => {
  expect(classesOf(fields)).toEqual({
    ...{ name: "public", "price.amount": "confidential", "price.currency": "confidential", tags: "internal" },
    ...{ "addresses[].street": "restricted personal sealed", "addresses[].city": "restricted personal" },
    ...{ _id: "internal", tenantId: "internal", version: "internal", _seed: "internal" },
    ...{ createdAt: "internal", updatedAt: "internal" },
  });
});

const problems = (definition: SchemaDefinition) => classificationProblems("things", defineSchema(definition));

it("finds nothing wrong in a model that says everything", () => {
  expect(problems(fields)).toEqual([]);
});

it.each([
  ["no class", { note: { type: String } }, "note"],
  ["a word that is no class", { note: { type: String, dataClass: "secret" } }, "note"],
  ["money without a class", { price: { type: moneySchema } }, "price.amount"],
  [
    "a part that is new beside parts with classes",
    { part: { type: embedded({ old: { type: String, dataClass: "public" }, late: { type: String } }) } },
    "part.late",
  ],
  [
    "the same although the whole has a class",
    {
      part: {
        type: [embedded({ old: { type: String, dataClass: "public" }, late: { type: String } })],
        dataClass: "public",
      },
    },
    "part[].late",
  ],
])("names a path with %s", (_, definition, path) => {
  expect(problems(definition)[0]).toBe(
    `things.${path} has no class: give it a dataClass of public, internal, confidential, restricted.`,
  );
});

it("refuses a lower class for what is sealed", () => {
  expect(problems({ phone: { ...sealedField(30), dataClass: "internal" } })).toEqual([
    "things.phone is sealed, so it is restricted and not internal.",
  ]);
});
