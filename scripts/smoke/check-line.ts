import { type Check } from "./checks.ts";

/** One line for people. */
export const checkLine = ({ name, ok, detail }: Check): string => `${ok ? "passed" : "FAILED"}  ${name}: ${detail}`;
