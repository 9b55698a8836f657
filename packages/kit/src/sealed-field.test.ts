import { Schema } from "mongoose";
import { expect, it } from "vitest";
import { encryptedLength } from "./aes-gcm.ts";
import { toJsonSchema } from "./json-schema.ts";
import { embedded } from "./model.ts";
import { fieldOfPath, sealedField, sealedPathsOf } from "./sealed-field.ts";
import { valuesAt } from "./values-at.ts";

const address = embedded({ street: { ...sealedField(30), required: true }, city: { type: String } });
const schema = new Schema({
  name: { type: String, match: /^x/ },
  phone: sealedField(30),
  home: { type: address },
  addresses: { type: [address] },
});

it("lists sealed fields inside parts and lists, and nothing else", () => {
  const other = new Schema({ name: String });
  expect(sealedPathsOf({ people: schema, other })).toEqual({ people: ["phone", "home.street", "addresses[].street"] });
  expect(fieldOfPath("addresses[].street")).toBe("addresses.street");
});

it("makes the validator refuse plain text", () => {
  const pattern = toJsonSchema(schema).properties?.phone?.pattern ?? "";
  expect(new RegExp(pattern).test("+49 40 555 0100")).toBe(false);
  expect(sealedField(30).maxlength).toBe(13 + encryptedLength(30));
});

it("finds values at a path, each with its own", () => {
  const document = { phone: "1", addresses: [{ street: "a" }, {}, { street: "b" }], home: null };
  const found = ["phone", "home.street", "addresses[].street", "missing[].x"].flatMap((path) => [
    ...valuesAt(document, path),
  ]);
  expect(found).toEqual([
    { at: "phone", value: "1" },
    { at: "addresses.0.street", value: "a" },
    { at: "addresses.2.street", value: "b" },
  ]);
});
