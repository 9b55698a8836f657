import { plus } from "@tradegraph/kit/saturating";
import { type DocumentNode, getOperationAST, type GraphQLSchema, Kind, OperationTypeNode } from "graphql";
import { actualSelections } from "./actual-cost.ts";
import { createAskedValues, type Values, variableValues } from "./asked-values.ts";
import { type CostManifest } from "./cost-manifest.ts";
import { createCostModel } from "./cost-model.ts";
import { type Asked, estimateSelections } from "./estimate-cost.ts";

/** Costs of operations by one schema. Documents need not be valid: what the schema does not have costs nothing. */
export interface CostEstimator {
  /** Before it runs. @returns undefined when the document does not have the operation */
  estimate: (document: DocumentNode, operationName: string | undefined, variables: Values) => number | undefined;
  /** After it has run. @param data of the answer; null costs what comes before it is asked for */
  actual: (
    document: DocumentNode,
    operationName: string | undefined,
    variables: Values,
    data: Values | null | undefined,
  ) => number | undefined;
}

export interface CostOptions {
  schema: GraphQLSchema;
  manifest: CostManifest;
  /** Elements of a list about which the schema says nothing; 10 unless given. */
  listSize?: number;
}

/** A write costs more than a read, whatever it writes. */
const mutationCost = 10;

export function createCostEstimator({ schema, manifest, listSize = 10 }: CostOptions): CostEstimator {
  const model = createCostModel(schema, manifest, listSize);

  const prepare = (document: DocumentNode, operationName: string | undefined, variables: Values) => {
    const operation = getOperationAST(document, operationName);
    const type = operation && schema.getRootType(operation.operation);
    if (!type) return undefined;
    const fragments = new Map(
      document.definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : [])),
    );
    const asked = createAskedValues(model, variableValues(operation, variables));
    const base = operation.operation === OperationTypeNode.MUTATION ? mutationCost : 0;
    return { operation, type, base, context: { model, asked, fragments } satisfies Asked };
  };

  return {
    estimate(document, operationName, variables) {
      const prepared = prepare(document, operationName, variables);
      if (!prepared) return undefined;
      const { base, context, operation, type } = prepared;
      return plus(base, estimateSelections(context, operation.selectionSet, type));
    },
    actual(document, operationName, variables, data) {
      const prepared = prepare(document, operationName, variables);
      if (!prepared) return undefined;
      const { base, context, operation, type } = prepared;
      return data ? plus(base, actualSelections(context, operation.selectionSet, type, data)) : base;
    },
  };
}
