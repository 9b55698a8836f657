// The public schema, as clients see it: what operations of partners must be valid against.
import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { buildSchema, type GraphQLSchema } from "graphql";

/** The schema as the file has it now. @throws Error when there is no file, or no schema in it */
export type ApiSchema = () => GraphQLSchema;

const committed = resolve(import.meta.dirname, "../../../schema/generated/api.graphql");

/** Reads the file when it is first needed, and again when it has changed since. */
export function openApiSchema(path: string = committed): ApiSchema {
  let state: { stamp: string; schema: GraphQLSchema } | undefined;
  return () => {
    const { mtimeMs, size, ino } = statSync(path);
    const stamp = [mtimeMs, size, ino].join(" ");
    if (state?.stamp !== stamp) state = { stamp, schema: buildSchema(readFileSync(path, "utf8")) };
    return state.schema;
  };
}
