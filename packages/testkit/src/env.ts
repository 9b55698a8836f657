// The only reader of process.env here.
import process from "node:process";

/** Number of the worker among those that run tests side by side, from 1; 1 outside of a test run. */
export const workerNumber = (): number => Number(process.env.VITEST_POOL_ID ?? 1);
