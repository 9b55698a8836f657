import { mostMutationFields } from "@tradegraph/kit/shape-limits";
import { type ClassLimits, type LimitRules } from "../limits/limit-rules.ts";

/** Name and value, for people. */
export type LimitRow = readonly [name: string, value: string];

const meanings: Record<keyof ClassLimits, string> = {
  cost: "Points that one operation may cost",
  depth: "Fields inside fields",
  height: "Fields of an operation, those of fragments included",
  rootFields: "Fields at the top of a query",
  aliases: "Aliases",
  directives: "Directives",
};

const grouped = new Intl.NumberFormat("en");

/** @param rules undefined where nobody has set any. @param bodyLimit in bytes */
export function limitRows(rules: LimitRules | undefined, bodyLimit: number): LimitRow[] {
  const { partner } = rules?.classes ?? {};
  const names = rules?.mode === "enforce" && partner ? (Object.keys(meanings) as (keyof ClassLimits)[]) : [];
  const rows = names.flatMap((name): LimitRow[] => {
    const value = partner?.[name] ?? Infinity;
    // The bound that means none, see limit-rules.ts.
    return value < Number.MAX_SAFE_INTEGER ? [[meanings[name], grouped.format(value)]] : [];
  });
  return [
    ...(Number.isFinite(bodyLimit) ? ([["Bytes of a request", grouped.format(bodyLimit)]] as const) : []),
    ...(rules ? ([["Fields at the top of a mutation", String(mostMutationFields)]] as const) : []),
    ...rows,
  ];
}
