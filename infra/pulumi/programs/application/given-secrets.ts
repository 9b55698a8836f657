// Which secrets tasks are given. ECS starts no task with a secret that nobody has filled.
import * as pulumi from "@pulumi/pulumi";
import { traceTarget } from "../../lib/telemetry-environment.ts";
import { type Surroundings } from "../../lib/task-environment.ts";
import { optionalSecrets } from "../foundation/secrets.ts";

/**
 * Of the stack's secrets, by key: those that programs need, and of the optional ones those that have a value. Of what is sent
 * with traces nobody is told but who sends them himself. One that foundation has yet to make is a warning: previews of both
 * programs come before either goes up.
 */
export function givenSecrets(
  arns: Record<string, string>,
  told: Pick<Surroundings, "filledSecrets" | "traces" | "traceSharePercent">,
): Record<string, string> {
  const { filledSecrets = Object.keys(optionalSecrets) } = told;
  const missing = (told.filledSecrets ?? []).filter((key) => !(key in arns));
  if (missing.length > 0) {
    const remedy = "name it in its optionalSecrets and bring it up first; tasks go without";
    void pulumi.log.warn(`foundation has no secret ${missing.join(", ")}: ${remedy}`);
  }
  const isGiven = (key: string) => {
    if (key === "OTEL_EXPORTER_OTLP_HEADERS" && traceTarget(told) !== "otlp") return false;
    return !(key in optionalSecrets) || filledSecrets.includes(key);
  };
  return Object.fromEntries(Object.entries(arns).filter(([key]) => isGiven(key)));
}
