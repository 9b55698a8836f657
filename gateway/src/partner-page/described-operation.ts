// One operation of a partner, with everything that its programmers ask about it.
import {
  type DocumentNode,
  type GraphQLSchema,
  isInputType,
  isNonNullType,
  Kind,
  NoDeprecatedCustomRule,
  type OperationDefinitionNode,
  OverlappingFieldsCanBeMergedRule,
  parse,
  print,
  specifiedRules,
  typeFromAST,
  validate,
  valueFromASTUntyped,
  visit,
} from "graphql";
import { documentShape } from "@tradegraph/kit/document-shape";
import { type CostEstimator } from "../limits/cost-estimator.ts";
import { type PersistedOperation } from "../operations/operation-list.ts";
import { exampleAnswer } from "./example-answer.ts";
import { exampleInput } from "./example-values.ts";
import { inputTypesOf } from "./input-types.ts";

/** What operations are described by. */
export interface DescribingGraph {
  schema: GraphQLSchema;
  /** Undefined where costs are not known. */
  costs: CostEstimator | undefined;
}

export interface DescribedVariable {
  name: string;
  /** As GraphQL writes it. */
  type: string;
  isRequired: boolean;
  /** As GraphQL writes it. */
  defaultValue: string | undefined;
}

export interface DescribedOperation {
  id: string;
  name: string;
  type: "query" | "mutation";
  text: string;
  variables: DescribedVariable[];
  /** What their types are, in GraphQL's own words; empty where they are the usual ones. */
  inputTypes: string;
  exampleVariables: Record<string, unknown>;
  /** Undefined where there is none: the operation does not fit the schema, is too large, or asks about the schema. */
  exampleAnswer: unknown;
  /** Points with the example's variables. */
  cost: number | undefined;
  /** Why it is answered with errors: the schema has changed since it was registered. */
  faults: string[];
  /** What it asks for that will go. */
  deprecations: string[];
}

/** Names of fields; the largest operation of our own has some hundred. */
const largestExample = 1_000;
const mostMessages = 5;

/** The one that is left out takes time by the square of the fields; lists that count have passed it. */
const rules = specifiedRules.filter((rule) => rule !== OverlappingFieldsCanBeMergedRule);

const operationIn = ({ definitions }: DocumentNode): OperationDefinitionNode | undefined =>
  definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);

function describeVariables({ variableDefinitions = [] }: OperationDefinitionNode): DescribedVariable[] {
  return variableDefinitions.map(({ variable, type, defaultValue }) => ({
    name: variable.name.value,
    type: print(type),
    isRequired: type.kind === Kind.NON_NULL_TYPE && defaultValue === undefined,
    defaultValue: defaultValue && print(defaultValue),
  }));
}

/** Those that must be there, and page sizes, because everybody asks for them. */
function exampleVariablesOf(schema: GraphQLSchema, { variableDefinitions = [] }: OperationDefinitionNode) {
  const values = variableDefinitions.flatMap(({ variable, type, defaultValue }): [string, unknown][] => {
    const name = variable.name.value;
    const inputType = typeFromAST(schema, type as never);
    if (!isInputType(inputType)) return [];
    if (defaultValue) return [[name, valueFromASTUntyped(defaultValue)]];
    if (name === "first") return [[name, 10]];
    return isNonNullType(inputType) ? [[name, exampleInput(inputType, name)]] : [];
  });
  return Object.fromEntries(values);
}

const messagesOf = (schema: GraphQLSchema, document: DocumentNode, by: typeof specifiedRules): string[] =>
  validate(schema, document, by, { maxErrors: mostMessages, hideSuggestions: true })
    .slice(0, mostMessages)
    .map(({ message }) => message);

/** An example would answer such questions in earnest, and partners may not ask them. */
function asksAboutSchema(document: DocumentNode): boolean {
  let isAsked = false;
  visit(document, {
    Field({ name }) {
      isAsked ||= name.value === "__schema" || name.value === "__type";
    },
  });
  return isAsked;
}

/** @returns undefined where there is nothing to show */
function exampleOf(schema: GraphQLSchema, document: DocumentNode, variables: Record<string, unknown>): unknown {
  if (documentShape(document, undefined).height > largestExample || asksAboutSchema(document)) return undefined;
  const { errors, data } = exampleAnswer(schema, document, variables);
  return errors ? undefined : { data };
}

/** Whatever is wrong with a text stands in the description: it was registered under an older schema. */
export function describeOperation(
  { schema, costs }: DescribingGraph,
  { id, name, type, body }: PersistedOperation,
): DescribedOperation {
  const nothing = {
    variables: [],
    inputTypes: "",
    exampleVariables: {},
    exampleAnswer: undefined,
    cost: undefined,
    deprecations: [],
  };
  try {
    const document = parse(body);
    const operation = operationIn(document);
    const faults = messagesOf(schema, document, rules);
    const described = { ...nothing, id, name, type, faults, text: print(document) };
    if (!operation) return described;
    const variables = describeVariables(operation);
    if (faults.length > 0) return { ...described, variables };
    const exampleVariables = exampleVariablesOf(schema, operation);
    return {
      ...{ ...described, variables, exampleVariables, inputTypes: inputTypesOf(schema, operation) },
      exampleAnswer: exampleOf(schema, document, exampleVariables),
      cost: costs?.estimate(document, undefined, exampleVariables),
      deprecations: messagesOf(schema, document, [NoDeprecatedCustomRule]),
    };
  } catch (error) {
    return { ...nothing, id, name, type, text: body, faults: [error instanceof Error ? error.message : String(error)] };
  }
}
