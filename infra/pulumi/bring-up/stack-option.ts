import { Option } from "commander";
import { stackNames } from "../lib/stack-name.ts";

/** Which environment a command is about; commander says in one line what is wrong with it. */
export const stackOption = (): Option =>
  new Option("--stack <stack>", "the environment").choices(stackNames).makeOptionMandatory();
