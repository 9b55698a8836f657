// One operation of a partner, with everything that its programmers ask about it.
import {
  type DocumentNode,
  type GraphQLSchema,
  isInputType,
  isNonNullType,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  typeFromAST,
  valueFromASTUntyped,
} from "graphql";
import { type PersistedOperation } from "../operations/operation-list.ts";
import { exampleAnswer } from "./example-answer.ts";
import { exampleInput } from "./example-values.ts";

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
  exampleVariables: Record<string, unknown>;
  exampleAnswer: unknown;
}

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

/** @throws GraphQLError for a text that is no GraphQL; lists that count have none */
export function describeOperation(
  schema: GraphQLSchema,
  { id, name, type, body }: PersistedOperation,
): DescribedOperation {
  const document = parse(body);
  const operation = operationIn(document);
  const exampleVariables = operation ? exampleVariablesOf(schema, operation) : {};
  return {
    ...{ id, name, type, text: print(document) },
    variables: operation ? describeVariables(operation) : [],
    exampleVariables,
    exampleAnswer: exampleAnswer(schema, document, exampleVariables),
  };
}
