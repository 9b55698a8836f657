// A security property of a program that a test breaks on purpose, and the policy that has to refuse it.
import * as pulumi from "@pulumi/pulumi";
import { type Program } from "../../programs/order.ts";

type Inputs = Record<string, unknown>;

export interface Break {
  /** What is wrong, as a sentence's end: "the database listens to addresses". */
  what: string;
  program: Program;
  /** "docdb.Cluster database", its kind and name in the program. */
  resource: string;
  /** The rule of the pack that refuses it. */
  policy: string;
  /** What the rule says. */
  says: string;
  /** Inputs that are otherwise; undefined removes one. */
  inputs?: (before: Inputs) => Inputs;
  options?: pulumi.CustomResourceOptions;
  /** Instead: a resource that the program does not have, made beside one that it has ("kind name"). */
  adds?: { beside: string; make: (opts: pulumi.CustomResourceOptions) => void };
}

/** Changes an input that is JSON text, which may be known later only. */
export const inJson = (text: unknown, change: (value: never) => unknown): pulumi.Output<string> =>
  pulumi.output(text as pulumi.Input<string>).apply((known) => JSON.stringify(change(JSON.parse(known) as never)));

/** Breaks of one program with one policy, shorter to write. */
export const breaksOf =
  (program: Program) =>
  (
    policy: string,
    resource: string,
    what: string,
    says: string,
    how: Pick<Break, "inputs" | "options" | "adds">,
  ): Break => ({
    ...{ program, policy, resource, what, says },
    ...how,
  });

/** An input that is another value. */
export const set = (changed: Inputs): Pick<Break, "inputs"> => ({ inputs: () => changed });
