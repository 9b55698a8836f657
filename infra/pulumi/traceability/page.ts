// docs/TRACEABILITY.md, from what a run has shown.
import { type Proof, type Shown } from "./proof.ts";

export interface ShownProof extends Proof {
  by: Shown[];
}

/** "ecs.Service gateway, orders"; many of a kind by their number. */
function listed(shown: Shown[]): string {
  const files = [...new Set(shown.flatMap((one) => ("file" in one ? [one.file] : [])))];
  const resources = shown.flatMap((one) => ("kind" in one ? [one] : []));
  const kinds = [...Map.groupBy(resources, ({ kind }) => kind)].map(([kind, some]) => {
    const names = [...new Set(some.map(({ name }) => name))].sort();
    return names.length > 6
      ? `${names.length} × \`${kind}\``
      : `\`${kind}\` ${names.map((name) => `\`${name}\``).join(", ")}`;
  });
  return [...kinds.sort(), ...files.sort().map((path) => `[${path}](../${path})`)].join("; ");
}

/** The page as text; no line of it depends on the order in which resources were made. */
export function pageOf(proofs: ShownProof[]): string {
  const sections = [...Map.groupBy(proofs, ({ id }) => id)].map(([id, clauses]) =>
    [`## ${id}`, "", ...clauses.map(({ says, by }) => `- ${says}: ${listed(by)}`)].join("\n"),
  );
  return `${[
    "# Traceability of the AWS stack",
    [
      "What shows each clause of a requirement: resources of the stack `prod` as the engine plans them, by kind and name in the",
      "programs, or a file where no resource can. Written by `pnpm test:integration infra/pulumi/traceability -u` from",
      "`infra/pulumi/traceability/`; the test fails where a clause does not hold, or an id of AWS, BAK or OBS has none.",
    ].join("\n"),
    ...sections,
  ].join("\n\n")}\n`;
}
