// What one run of the engine did, from the events it wrote.
import { type EngineEvent, type StepEventMetadata } from "@pulumi/pulumi/automation/index.js";

export interface Step {
  /** create, update, delete, same, replace, create-replacement, delete-replaced, refresh … */
  op: string;
  urn: string;
  /** "aws:s3/bucket:Bucket" */
  type: string;
  /** The name in the program. */
  name: string;
  /** URN of the component it belongs to. */
  parent: string;
  protect: boolean;
  /** Inputs as the provider checked them; of a deletion those from the state. */
  inputs: Record<string, unknown>;
  outputs: Record<string, unknown>;
  /** Fields that changed. */
  changed: string[];
}

export interface PolicyFinding {
  policy: string;
  level: string;
  urn: string;
  message: string;
}

export interface Outcome {
  ok: boolean;
  /** Operations and how many resources they met: { create: 12, same: 1 }. */
  changes: Record<string, number>;
  /** One step per resource, in the order in which the engine began them. */
  steps: Step[];
  /** Errors as the engine printed them, colours removed. */
  errors: string[];
  warnings: string[];
  policies: PolicyFinding[];
  /** Outputs of the stack; secrets hidden, and of a preview what it knows already. */
  outputs: Record<string, unknown>;
}

/** The CLI says where it found the language host; with ours that is meant. */
const OUR_HOST = /using pulumi-language-nodejs from \$PATH/;

/** Steps that change something: everything but "same" and reading. */
export const changing = ({ steps }: Outcome): Step[] =>
  steps.filter(({ op }) => !["same", "read", "refresh"].includes(op));

const nameOf = (urn: string) => urn.split("::").slice(3).join("::");

function stepOf(metadata: StepEventMetadata): Step {
  const state = metadata.new ?? metadata.old;
  return {
    op: metadata.op,
    urn: metadata.urn,
    type: metadata.type,
    name: nameOf(metadata.urn),
    parent: state?.parent ?? "",
    protect: state?.protect ?? false,
    inputs: state?.inputs ?? {},
    outputs: state?.outputs ?? {},
    changed: metadata.diffs ?? Object.keys(metadata.detailedDiff ?? {}),
  };
}

/** Collects events; `outcome` sums them up. */
export function collectOutcome() {
  const steps = new Map<string, Step>();
  const errors: string[] = [];
  const warnings: string[] = [];
  const policies: PolicyFinding[] = [];
  let changes: Record<string, number> = {};

  const onEvent = (event: EngineEvent): void => {
    const started = event.resourcePreEvent?.metadata;
    const finished = event.resOutputsEvent?.metadata;
    for (const metadata of [started, finished]) {
      if (!metadata) continue;
      // The end of a step carries its outputs, and a refresh knows only then what it found.
      const before = steps.get(`${metadata.urn} ${metadata.op}`);
      const step = stepOf(metadata);
      steps.set(`${metadata.urn} ${metadata.op}`, {
        ...step,
        changed: step.changed.length ? step.changed : (before?.changed ?? []),
      });
    }
    const note = event.diagnosticEvent;
    if (note?.severity === "error") errors.push(plain(note.message));
    if (note?.severity === "warning" && !OUR_HOST.test(note.message)) warnings.push(plain(note.message));
    if (event.policyEvent) policies.push(finding(event.policyEvent));
    if (event.summaryEvent) changes = { ...(event.summaryEvent.resourceChanges as Record<string, number>) };
  };
  const outcome = (failure: Error | undefined): Outcome => ({
    ok: !failure,
    changes,
    steps: [...steps.values()],
    errors: failure && errors.length === 0 ? reasons(failure, policies) : errors,
    warnings,
    policies,
    outputs: [...steps.values()].findLast(({ type }) => type === "pulumi:pulumi:Stack")?.outputs ?? {},
  });
  return { onEvent, outcome };
}

/** Why a run failed that printed no error: a policy forbade it, or the CLI itself gave up. */
function reasons(failure: Error, policies: PolicyFinding[]): string[] {
  const forbidden = policies.filter(({ level }) => level === "mandatory");
  if (forbidden.length === 0) return [failure.message];
  return forbidden.map(({ policy, urn, message }) => `policy ${policy}, ${nameOf(urn)}: ${message}`);
}

function finding(event: NonNullable<EngineEvent["policyEvent"]>): PolicyFinding {
  return {
    policy: event.policyName,
    level: event.enforcementLevel,
    urn: event.resourceUrn ?? "",
    message: plain(event.message),
  };
}

/** Colours come as <{%fg 1%}>. */
const plain = (message: string) => message.replace(/<\{%[^%]*%\}>/g, "").trim();
