import { Schema, type SchemaDefinition } from "mongoose";

/** A part of a document, without an id of its own. */
export const embedded = (definition: SchemaDefinition): Schema =>
  new Schema(definition, { _id: false, strict: "throw" });
