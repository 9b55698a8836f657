// What the gateway would refuse a partner each time, told before anybody registers it.
import { type CostEstimator } from "@tradegraph/gateway/limits/cost-estimator";
import { type LimitRules } from "@tradegraph/gateway/limits/limit-rules";
import { documentShape } from "@tradegraph/kit/document-shape";
import { type ReadOperation, readOperation } from "@tradegraph/kit/operation-text";
import { shapeSettings } from "@tradegraph/kit/shape-limit-settings";
import { shapeExcesses } from "@tradegraph/kit/shape-limits";
import { type ASTNode, type DocumentNode, Kind, visit } from "graphql";

export interface PartnerLimits {
  rules: LimitRules;
  /** Undefined where nobody knows what things cost. */
  costs: CostEstimator | undefined;
}

export interface LimitFindings {
  /** Sentences about what is refused whatever the variables say. */
  faults: string[];
  /** And about what is refused unless they ask for less than usual. */
  warnings: string[];
}

/** @throws Error for what is no operation */
export function limitFindings(body: string, { rules, costs }: PartnerLimits): LimitFindings {
  if (rules.mode === "measure") return { faults: [], warnings: [] };
  const operation = readOperation(body);
  const { document } = operation;
  const limits = rules.classes.partner;
  const faults = shapeExcesses(documentShape(document, undefined), limits).map(
    ({ limit, value, message }) => `${message} It has ${value} (${shapeSettings[limit]}).`,
  );
  const least = costs?.estimate(withoutChoices(document), undefined, smallSizes(operation)) ?? 0;
  const usual = costs?.estimate(document, undefined, {}) ?? 0;
  const allowed = `a partner's operation may cost ${limits.cost} (LIMIT_COST_PARTNERS)`;
  if (least > limits.cost)
    return {
      faults: [...faults, `It costs ${least} points or more; ${allowed}: ask for shorter lists or fewer fields.`],
      warnings: [],
    };
  const warning = `It costs ${usual} points with pages of the usual size; ${allowed}: it works with smaller ones only.`;
  return { faults, warnings: usual > limits.cost ? [warning] : [] };
}

/** Whatever a variable may leave out is left out. */
const withoutChoices = (document: DocumentNode): DocumentNode =>
  visit(document, { enter: (node) => (isChoice(node) ? null : undefined) });

const isChoice = (node: ASTNode): boolean =>
  "selectionSet" in node &&
  (node.directives ?? []).some(
    ({ name, arguments: given }) =>
      ["skip", "include"].includes(name.value) && given?.some(({ value }) => value.kind === Kind.VARIABLE),
  );

/** Pages of one. */
function smallSizes({ definition }: ReadOperation): Record<string, number> {
  const numbers = (definition.variableDefinitions ?? []).filter(({ type }) => {
    const named = type.kind === Kind.NON_NULL_TYPE ? type.type : type;
    return named.kind === Kind.NAMED_TYPE && named.name.value === "Int";
  });
  return Object.fromEntries(numbers.map(({ variable }) => [variable.name.value, 1]));
}
