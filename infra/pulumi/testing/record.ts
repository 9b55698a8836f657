// usage: pnpm infra:record <version>
// Keeps what each stack of each program looks like now, for upgrades from this release (programs/releases.ts).
import { Command, InvalidArgumentError } from "commander";
import { stackNames } from "../lib/stack-name.ts";
import { programs } from "../programs/order.ts";
import { recordState } from "../programs/releases.ts";
import { openEngine } from "./engine/open-engine.ts";

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const release = (text: string): string => {
  if (/^\d+\.\d+\.\d+$/.test(text)) return text;
  throw new InvalidArgumentError("Say a release such as 1.2.0.");
};
const command = new Command("infra:record")
  .description("Keeps what each stack of each program looks like now, for upgrades from this release.")
  .argument("<version>", "the release", release)
  .parse();
const version = String(command.processedArgs[0]);

for (const stackName of stackNames) {
  const engine = await openEngine().catch(({ message }: Error) => command.error(`error: ${message}`));
  try {
    for (const program of programs) {
      const stack = await engine.stack(program, stackName);
      const up = await stack.up();
      if (!up.ok) throw new Error(`${program} of ${stackName} does not go up:\n${up.errors.join("\n")}`);
      recordState(program, version, stackName, await stack.exportState());
      say(`recorded ${program} ${stackName}: ${up.steps.length} resources`);
    }
  } finally {
    await engine.close();
  }
}
