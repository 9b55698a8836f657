// One stack on the real engine: preview, up, refresh, destroy, and what each of them did.
import { mkdtemp } from "node:fs/promises";
import { basename, join } from "node:path";
import { type EngineEvent, LocalWorkspace, type PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import { collectOutcome, type Outcome } from "./outcome.ts";
import { copySettings } from "./stack-settings.ts";

export interface StackOptions {
  /** Values that replace or join those of Pulumi.<stack>.yaml; without a colon they are the program's own. */
  config?: Record<string, unknown>;
  /** Another file to run in place of the program's own, which may import that one. */
  main?: string;
  /** Folders of policy packs that look at every preview and up. */
  policyPacks?: string[];
}

export interface StackRun {
  /** Folder of its project and stack files, for tools that call the CLI themselves. */
  folder: string;
  preview: () => Promise<Outcome>;
  /** @param more `refresh` reads every resource before, and puts right what drifted */
  up: (more?: { refresh?: boolean }) => Promise<Outcome>;
  /** Reads every resource again; the state follows what the stub says (`inject({ drift })`). */
  refresh: () => Promise<Outcome>;
  destroy: () => Promise<Outcome>;
  /** The state, as `pulumi stack export` writes it; for upgrade tests. */
  exportState: () => Promise<unknown>;
  importState: (state: unknown) => Promise<void>;
}

interface Place {
  folder: string;
  env: Record<string, string>;
  command: PulumiCommand;
  program: string;
  stack: string;
}

/** Opens a stack: a fresh work folder, the state of the engine. An error of a run is in its outcome, not thrown. */
export async function openStack(place: Place, options: StackOptions = {}): Promise<StackRun> {
  const workDir = await mkdtemp(join(place.folder, `${basename(place.program)}-${place.stack}-`));
  await copySettings(workDir, place.program, place.stack, options.config, options.main);
  const stack = await LocalWorkspace.createOrSelectStack(
    { stackName: place.stack, workDir },
    {
      envVars: place.env,
      pulumiHome: place.env["PULUMI_HOME"] ?? "",
      pulumiCommand: place.command,
      secretsProvider: "passphrase",
    },
  );
  const packs = options.policyPacks ? { policyPacks: options.policyPacks } : {};
  return {
    folder: workDir,
    preview: () => observed((onEvent) => stack.preview({ onEvent, ...packs })),
    up: (more = {}) => observed((onEvent) => stack.up({ onEvent, ...packs, ...more })),
    refresh: () => observed((onEvent) => stack.refresh({ onEvent })),
    destroy: () => observed((onEvent) => stack.destroy({ onEvent })),
    exportState: () => stack.exportStack(),
    importState: (state) => stack.importStack(state as Parameters<typeof stack.importStack>[0]),
  };
}

interface Answer {
  outputs?: Record<string, { value: unknown }>;
}

async function observed(run: (onEvent: (event: EngineEvent) => void) => Promise<unknown>): Promise<Outcome> {
  const { onEvent, outcome } = collectOutcome();
  try {
    const { outputs = {} } = (await run(onEvent)) as Answer;
    return outcome(undefined, Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value])));
  } catch (error) {
    return outcome(error as Error);
  }
}
