import { type Command } from "commander";
import { openStaffClient, type SignInOptions, type StaffClient } from "./staff-client.ts";

/** Prints what came of it: everything as JSON, or what people read. */
export type Print = (result: object, lines: string[]) => void;

/** Makes an action of a command that is run as staff. */
export type AsStaff = <A extends unknown[]>(
  run: (client: StaffClient, print: Print, ...args: A) => Promise<void>,
) => (...args: unknown[]) => Promise<void>;

/** @param program whose options say who signs in, and `--json` */
export const createAsStaff =
  (program: Command): AsStaff =>
  <A extends unknown[]>(run: (client: StaffClient, print: Print, ...args: A) => Promise<void>) =>
  async (...args: unknown[]) => {
    const { json, ...signIn } = program.opts<SignInOptions & { json?: boolean }>();
    const print: Print = (result, lines) => {
      for (const line of json ? [JSON.stringify(result)] : lines) console.log(line);
    };
    await run(await openStaffClient(signIn), print, ...(args as A));
  };
