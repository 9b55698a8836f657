// Tags of every resource; the provider puts them on, so no component repeats them.
import { PRODUCT } from "./naming.ts";
import { type StackName } from "./stack-name.ts";

export interface TagSource {
  stack: StackName;
  /** The program the resource belongs to, as its folder is called. */
  program: string;
  owner: string;
}

/** Cost allocation, ownership and the way back to the code. */
export const tagsOf = ({ stack, program, owner }: TagSource): Record<string, string> => ({
  Product: PRODUCT,
  Stack: stack,
  Program: program,
  Owner: owner,
  ManagedBy: "pulumi",
});
