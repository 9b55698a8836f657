// How a test breaks the stub: a JSON file named by AWS_STUB_CONTROL, read at every call, so that it can change between runs
// and while one goes on.
import { readFileSync } from "node:fs";
import { type Properties } from "./struct.ts";

export type Operation = "create" | "read" | "update" | "delete";

/** All by kind and name in the program: "s3.Bucket state". The parts of a component often share its name. */
export interface Control {
  /** What refresh finds at AWS instead; `null`: the resource is gone. */
  drift?: Record<string, Properties | null>;
  /** What an operation fails with, such as "AccessDenied: …". */
  fail?: Partial<Record<Operation, Record<string, string>>>;
  /** How many times AWS answers ThrottlingException before it does the work. */
  throttle?: Record<string, number>;
  /** Resources whose operations go on only when they are no longer listed. */
  hold?: string[];
}

/** The provider of AWS tries 25 times with growing pauses; the stub's pauses are short. */
const ATTEMPTS = 25;
const PAUSE_MS = 2;
const HOLD_MS = 20;

export function readControl(file: string | undefined): Control {
  if (!file) return {};
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Control;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return {};
    throw new Error(`${file} is no JSON`, { cause: error });
  }
}

/** Comes back when the test lets the resource go. */
export async function whileHeld(file: string | undefined, resource: string): Promise<void> {
  while (readControl(file).hold?.includes(resource)) await new Promise((resolve) => setTimeout(resolve, HOLD_MS));
}

/**
 * Lets an operation fail or wait as the test wants it.
 * @throws what AWS would answer.
 */
export async function obey(control: Control, operation: Operation, resource: string): Promise<void> {
  const message = control.fail?.[operation]?.[resource];
  if (message !== undefined) throw new Error(message);
  const refusals = control.throttle?.[resource] ?? 0;
  for (let attempt = 1; attempt <= refusals; attempt += 1) {
    if (attempt === ATTEMPTS) throw new Error(`ThrottlingException: Rate exceeded (tried ${ATTEMPTS} times)`);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
