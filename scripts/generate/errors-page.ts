// docs/ERRORS.md, from the lists that decide which codes leave the system and from the schema.
import { requestCodeMeanings } from "@tradegraph/gateway/request-codes";
import { errorCodeMeanings, httpStatusByCode, type ErrorCode } from "@tradegraph/kit/errors";
import { buildSchema, isInterfaceType } from "graphql";
import { type GeneratedFiles } from "./generated-files.ts";
import { code, markdownPage, table } from "./markdown.ts";

/** @param api the schema that clients see */
export const describeErrors = (root: string, api: string): Promise<GeneratedFiles> =>
  markdownPage(root, "docs/ERRORS.md", pageText(api));

function pageText(api: string): string {
  return `<!-- Written by \`pnpm generate\`. -->

# Errors

Three kinds, and none tells internals.

## Business errors

What a buyer can cause and mend is data: every mutation answers with \`userErrors\`, typed, each with a message and the path of
the input it is about. Nothing was changed then.

${table(["type", "what"], userErrors(api))}

## Codes of every field

In \`errors[].extensions.code\`, with \`requestId\`, and \`service\` where a subgraph said so. Clients branch on the code, never on
the message. The status is that of a request which ends before GraphQL; in an answer with data it is 200.

${table(
  ["code", "status", "what"],
  Object.entries(errorCodeMeanings).map(([name, meaning]) => [
    code(name),
    String(httpStatusByCode[name as ErrorCode]),
    meaning,
  ]),
)}

## Codes of the gateway

For requests that are wrong in themselves.

${table(
  ["code", "what"],
  Object.entries(requestCodeMeanings).map(([name, meaning]) => [code(name), meaning]),
)}
`;
}

function userErrors(api: string): string[][] {
  const schema = buildSchema(api);
  const userError = schema.getType("UserError");
  if (!isInterfaceType(userError)) throw new Error("The schema has no interface UserError.");
  const types = [...schema.getPossibleTypes(userError)].sort((a, b) => a.name.localeCompare(b.name));
  return types.map(({ name, description }) => [code(name), description?.replaceAll(/\s+/g, " ") ?? ""]);
}
