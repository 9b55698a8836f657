import { freePorts } from "@tradegraph/devservices/ports";
import { workerNumber } from "./env.ts";

/** More than anybody runs side by side. */
const workers = 8;

/**
 * Ports for programs of a test, all different. Workers that run side by side have a range each: seconds pass until a
 * program listens, in which a graph of another worker would find the same port free.
 */
export const programPorts = (count: number): Promise<number[]> =>
  freePorts(count, { part: (workerNumber() - 1) % workers, parts: workers });
