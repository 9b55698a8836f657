// What a program finds when it goes up: the outputs of those before it, and the settings that have to fit to them.
import { type StackName } from "../../lib/stack-name.ts";
import { type Config, settingsOfStack } from "./declared-settings.ts";
import { type OtherStacks, runProgram } from "./run-program.ts";

export interface Around {
  /** Settings that follow from what is there. */
  fixed: Config;
  others: OtherStacks;
}

const reference = (program: string, stack: StackName) => `organization/tradegraph-${program}/${stack}`;

/** Foundations that differ in what the programs after them see. */
const foundations: Config[] = [
  { region: "us-east-1", recoveryRegion: "us-west-2" },
  { region: "eu-west-1", recoveryRegion: "eu-central-1", databaseGlobal: false, databaseUsers: "password" },
  { region: "eu-central-1", recoveryRegion: "", databaseGlobal: false, database: "external", cache: "serverless" },
];

/** Surroundings to try a program in; of each program at least one. */
export async function surroundings(program: string): Promise<Around[]> {
  if (program === "application") {
    const places: Around[] = [];
    // One after the other: Pulumi's runtime knows one program at a time.
    for (const index of foundations.keys()) places.push(await aroundApplication(index));
    return places;
  }
  if (program === "recovery") return [await aroundRecovery()];
  return [{ fixed: {}, others: {} }];
}

const stack = "prod";
const foundationOf = async (index: number) => {
  const changed = foundations[index] ?? {};
  const { outputs } = await runProgram("foundation", stack, { ...settingsOfStack("foundation", stack), ...changed });
  return { [reference("foundation", stack)]: outputs };
};

async function aroundApplication(index: number): Promise<Around> {
  const { region, recoveryRegion } = foundations[index] ?? {};
  const fixed = { region, recoveryRegion, recoveryStack: "", foundationStack: reference("foundation", stack) };
  return { fixed, others: await foundationOf(index) };
}

async function aroundRecovery(): Promise<Around> {
  const { fixed, others } = await aroundApplication(0);
  const settings = { ...settingsOfStack("application", stack), ...fixed };
  const { outputs } = await runProgram("application", stack, settings, others);
  return {
    fixed: {
      account: settingsOfStack("recovery", stack)["account"],
      region: "us-west-2",
      homeRegion: "us-east-1",
      // Refused where it is not foundation's, or has addresses of it (programs/recovery/ready.ts).
      databaseVersion: settingsOfStack("foundation", stack)["databaseVersion"],
      cidr: settingsOfStack("recovery", stack)["cidr"],
      foundationStack: reference("foundation", stack),
      applicationStack: reference("application", stack),
    },
    others: { ...others, [reference("application", stack)]: outputs },
  };
}
