// What the planner asks subgraphs for an operation, without asking them.
import { ApolloGateway } from "@apollo/gateway";
import { loadableSupergraph, securityFeatures } from "@tradegraph/gateway/supergraph";
import {
  getNullableType,
  type GraphQLInputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isListType,
  isRequiredInputField,
  Kind,
  type OperationDefinitionNode,
  parse,
  typeFromAST,
} from "graphql";

/** One request to a subgraph. */
export interface PlannedFetch {
  subgraph: string;
  operation: string;
}

/** As far as it is looked at here; the planner's own types are not exported. */
type PlanNode =
  | { kind: "Fetch"; serviceName: string; operation: string }
  | { kind: "Flatten"; node: PlanNode }
  | { kind: "Sequence" | "Parallel"; nodes: PlanNode[] }
  | { kind: "Condition"; ifClause?: PlanNode; elseClause?: PlanNode };

interface Plan {
  node?: PlanNode;
}

const nothing = () => undefined;

/** @returns plans an operation. @throws Error for one that does not fit the supergraph */
export async function createPlanner(supergraph: string): Promise<{
  plan: (operation: string) => Promise<PlannedFetch[]>;
  stop: () => Promise<void>;
}> {
  const last: { plan?: Plan | undefined; schema?: GraphQLSchema } = {};
  const gateway = new ApolloGateway({
    supergraphSdl: loadableSupergraph(supergraph, new Set(securityFeatures)),
    logger: { debug: nothing, info: nothing, warn: nothing, error: nothing },
    buildService: () => ({ process: () => Promise.resolve({ data: {} }) }),
    experimental_didResolveQueryPlan({ queryPlan }) {
      last.plan = queryPlan as Plan;
    },
  });
  gateway.onSchemaLoadOrUpdate(({ apiSchema }) => {
    last.schema = apiSchema;
  });
  const { executor } = await gateway.load();
  return {
    async plan(text) {
      last.plan = undefined;
      const document = parse(text);
      const operation = document.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
      const variables = last.schema && operation ? sampleVariables(last.schema, operation) : {};
      const context = {
        ...{ document, operation, request: { query: text, variables }, operationName: operation?.name?.value },
        ...{ queryHash: text, context: {}, metrics: {}, overallCachePolicy: { restrict: nothing } },
      };
      await executor(context as never);
      // Read anew: the executor has set it.
      const { plan } = last as { plan?: Plan };
      if (!plan) throw new Error(`There is no plan for ${operation?.name?.value ?? "an operation"}.`);
      return plan.node ? fetchesOf(plan.node) : [];
    },
    stop: () => gateway.stop(),
  };
}

/** Any values that fit: plans do not depend on them. */
const sampleVariables = (schema: GraphQLSchema, { variableDefinitions }: OperationDefinitionNode) =>
  Object.fromEntries(
    (variableDefinitions ?? []).map(({ variable, type }) => [
      variable.name.value,
      sampleValue(typeFromAST(schema, type as never) as GraphQLInputType),
    ]),
  );

function sampleValue(given: GraphQLInputType): unknown {
  const type = getNullableType(given);
  if (isListType(type)) return [];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type)) {
    const required = Object.values(type.getFields()).filter(isRequiredInputField);
    return Object.fromEntries(required.map((field) => [field.name, sampleValue(field.type)]));
  }
  return type.name === "Boolean" ? true : ["Int", "Float", "Long"].includes(type.name) ? 1 : "1";
}

function fetchesOf(node: PlanNode): PlannedFetch[] {
  switch (node.kind) {
    case "Fetch":
      return [{ subgraph: node.serviceName, operation: node.operation }];
    case "Flatten":
      return fetchesOf(node.node);
    case "Sequence":
    case "Parallel":
      return node.nodes.flatMap(fetchesOf);
    case "Condition":
      return [node.ifClause, node.elseClause].flatMap((one) => (one ? fetchesOf(one) : []));
  }
}
