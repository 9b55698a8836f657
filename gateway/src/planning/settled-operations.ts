// What is planned instead of an operation with conditions: the same without them, by the values of a request.
import { createHash } from "node:crypto";
import { type DocumentNode, getVariableValues, parse, print } from "graphql";
import { LRUCache } from "lru-cache";
import { type Executor } from "../authorization/authorize-executor.ts";
import { type ConditionValues } from "../selection-condition.ts";
import { conditionVariables, withSettledConditions } from "./settled-conditions.ts";

/** A text and its SHA-256 in hex, as Apollo's server has them. */
export interface PlannedText {
  source: string;
  queryHash: string;
}

type Context = Parameters<Executor>[0];

const memorySize = { max: 2_000, maxSize: 8 * 1_024 * 1_024 };
/** Registered operations with more such variables are planned when somebody asks for them. */
const mostWarmVariables = 3;

const textOf = (document: DocumentNode, values: ConditionValues): PlannedText => {
  const source = print(withSettledConditions(document, values));
  return { source, queryHash: createHash("sha256").update(source).digest("hex") };
};

const bit = (value: unknown): string => (value === true ? "1" : value === false ? "0" : "-");

/** @returns a function that gives what is to be planned for a request; its own text where there are no conditions */
export function createSettledOperations(): (context: Context) => PlannedText {
  const variables = new LRUCache<string, { names: readonly string[] | undefined }>({ max: memorySize.max });
  const texts = new LRUCache<string, PlannedText>({
    ...memorySize,
    sizeCalculation: ({ source }, key) => key.length + source.length + 1,
  });
  const namesIn = ({ queryHash, document }: Context): readonly string[] | undefined => {
    const known = variables.get(queryHash);
    if (known) return known.names;
    const names = conditionVariables(document);
    variables.set(queryHash, { names });
    return names;
  };
  /** Wrong ones were refused before, see checked-variables.ts. */
  const valuesOf = ({ schema, operation, request }: Context, names: readonly string[]): ConditionValues => {
    const asked = operation?.variableDefinitions?.filter(({ variable }) => names.includes(variable.name.value)) ?? [];
    return getVariableValues(schema, asked, request.variables ?? {}).coerced ?? {};
  };
  return (context) => {
    const { document, queryHash } = context;
    const names = namesIn(context);
    if (!names) return context;
    const values = names.length === 0 ? {} : valuesOf(context, names);
    const key = `${queryHash} ${names.map((name) => bit(values[name])).join("")}`;
    let text = texts.get(key);
    if (!text) texts.set(key, (text = textOf(document, values)));
    return text;
  };
}

/** What may be planned for a text that will be asked for: each combination, if they are few. @throws GraphQLError */
export function settledTexts(body: string): PlannedText[] {
  const document = parse(body, { noLocation: true });
  const names = conditionVariables(document);
  if (!names) return [{ source: body, queryHash: createHash("sha256").update(body).digest("hex") }];
  if (names.length > mostWarmVariables) return [];
  return Array.from({ length: 2 ** names.length }, (_, bits) =>
    textOf(document, Object.fromEntries(names.map((name, at) => [name, (bits & (1 << at)) !== 0]))),
  );
}
