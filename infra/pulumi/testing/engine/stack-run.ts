// One stack on the real engine: preview, up, refresh, destroy, and what each of them did.
import { mkdtemp, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { callCli, type Caller, eventsOf } from "./call-cli.ts";
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

/** A stack of a program, and where its engine keeps everything. */
interface Place extends Caller {
  program: string;
}

/** Opens a stack: a fresh work folder, the state of the engine. An error of a run is in its outcome, not thrown. */
export async function openStack(place: Place, options: StackOptions = {}): Promise<StackRun> {
  const folder = await mkdtemp(join(place.folder, `${basename(place.program)}-${place.stack}-`));
  await copySettings(folder, place.program, place.stack, options.config, options.main);
  const caller = { ...place, folder };
  await createOrSelect(caller);
  const packs = (options.policyPacks ?? []).flatMap((pack) => ["--policy-pack", pack]);
  return {
    folder,
    preview: () => observed(caller, "preview", ...packs),
    // The CLI would preview first otherwise; who wants that calls `preview`.
    up: ({ refresh = false } = {}) =>
      observed(caller, "up", "--yes", "--skip-preview", ...packs, ...(refresh ? ["--refresh"] : [])),
    refresh: () => observed(caller, "refresh", "--yes", "--skip-preview"),
    destroy: () => observed(caller, "destroy", "--yes", "--skip-preview"),
    exportState: async () => JSON.parse(await callCli(caller, "stack", "export", "--show-secrets")) as unknown,
    importState: async (state) => {
      const file = join(folder, "import.json");
      await writeFile(file, JSON.stringify(state));
      await callCli(caller, "stack", "import", "--file", file);
    },
  };
}

/** A stack of the engine may have been opened before, with other settings. */
async function createOrSelect(caller: Caller): Promise<void> {
  try {
    await callCli(caller, "stack", "init", "--secrets-provider", "passphrase");
  } catch (error) {
    if (!(error as Error).message.includes("already exists")) throw error;
    await callCli(caller, "stack", "select");
  }
}

async function observed(caller: Caller, ...args: string[]): Promise<Outcome> {
  const { onEvent, outcome } = collectOutcome();
  const { events, failure } = await eventsOf(caller, ...args);
  events.forEach(onEvent);
  return outcome(failure);
}
