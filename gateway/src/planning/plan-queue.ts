// Questions that wait for the planning thread, and what happens when one of them kills it.
import { type Logger } from "@tradegraph/kit/logger";
import { createPlanLane } from "./plan-lane.ts";
import { type PlanQuestion } from "./plan-messages.ts";
import { type PlanMetrics } from "./plan-metrics.ts";
import { type PlanOutcome, type PlanThread, startPlanThread } from "./plan-thread.ts";

export interface PlanJob extends PlanQuestion {
  /** Goes before others: an operation that was registered, so that nobody's inventions hold it up. */
  first: boolean;
  /** Who asks: each has a turn and a share of the places. Undefined for the gateway itself. */
  caller: string | undefined;
  /** False once everybody who waits has gone. */
  isWanted: () => boolean;
}

/** No thread can be started, so nobody plans. */
export class NoPlanner extends Error {}
/** Too many wait already, or it waited too long. */
export class PlannerBusy extends Error {}
/** The planner cannot plan it with the time and memory it may use. */
export class PlanLimit extends Error {}

export interface PlanQueueOptions {
  sdl: string;
  timeoutMs: number;
  maxWaiting: number;
  program?: URL | undefined;
  metrics: PlanMetrics;
  logger: Logger;
}

export interface PlanQueue {
  /**
   * @returns the plan as JSON
   * @throws NoPlanner, PlannerBusy or PlanLimit; Error for faults
   */
  plan: (job: PlanJob) => Promise<string>;
  length: () => number;
  close: () => Promise<void>;
}

const startTimeoutMs = 30_000;
/** What a start may add to the longest wait; half a second unless the machine is very busy. */
const startMs = 5_000;
/** Of the places, for one caller. */
const share = 0.5;
/** After a thread that did not start, twice in a row. */
const pauseMs = 10_000;

interface Waiting {
  job: PlanJob;
  since: number;
  resolve: (plan: string) => void;
  reject: (error: Error) => void;
}

export function createPlanQueue({ metrics, logger, ...options }: PlanQueueOptions): PlanQueue {
  const { timeoutMs, maxWaiting } = options;
  const lane = (mostOfOne: number) => createPlanLane<Waiting>({ most: maxWaiting, mostOfOne });
  // Registered operations are as many as they are: nobody can invent more.
  const registered = lane(maxWaiting);
  const invented = lane(Math.ceil(maxWaiting * share));
  let thread: PlanThread | undefined;
  let working = false;
  let closed = false;
  let pausedUntil = 0;

  const start = () => startPlanThread({ sdl: options.sdl, program: options.program, startTimeoutMs });
  /** A thread that is ready. */
  const readyThread = async (): Promise<PlanThread> => {
    if (performance.now() < pausedUntil) throw new NoPlanner();
    for (let attempt = 1; !closed; attempt += 1) {
      if (thread && !thread.isAlive()) replace("crash");
      const starting = (thread ??= start());
      try {
        await starting.ready();
        return starting;
      } catch (error) {
        thread = undefined;
        await starting.end();
        if (closed || attempt < 2) continue;
        pausedUntil = performance.now() + pauseMs;
        logger.error({ error }, "Operations cannot be planned: the planning thread does not start");
        throw new NoPlanner();
      }
    }
    throw new NoPlanner();
  };
  /** The next thread starts at once, so that what waits does not wait for it longer than necessary. */
  const replace = (reason: "timeout" | "memory" | "crash") => {
    void thread?.end();
    metrics.restarts.inc({ reason });
    thread = closed ? undefined : start();
  };

  const ask = async (job: PlanJob): Promise<PlanOutcome> => {
    for (let attempt = 1; ; attempt += 1) {
      const asked = await readyThread();
      const done = metrics.durations.startTimer();
      const outcome = await asked.ask(job, timeoutMs);
      done({ outcome: outcome.kind });
      if (closed) throw new NoPlanner();
      if (outcome.kind === "late") replace("timeout");
      if (outcome.kind === "memory") replace("memory");
      // The thread may have ended for another reason than this question, so it gets one more chance.
      if (outcome.kind !== "died" || attempt === 2) return outcome;
    }
  };
  const answer = async ({ job, since, resolve, reject }: Waiting) => {
    try {
      if (!job.isWanted() || performance.now() - since > 2 * timeoutMs + startMs) throw new PlannerBusy();
      const outcome = await ask(job);
      if (outcome.kind === "planned") return resolve(outcome.plan);
      if (outcome.kind === "failed") throw new Error(`An operation cannot be planned: ${outcome.message}`);
      logger.warn({ reason: outcome.kind, operation: job.operationName }, "An operation takes too much to plan");
      throw new PlanLimit();
    } catch (error) {
      reject(error as Error);
    }
  };
  const work = async () => {
    if (working) return;
    working = true;
    for (let next; (next = registered.take() ?? invented.take());) await answer(next);
    working = false;
  };

  return {
    plan: (job) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(new NoPlanner());
        const waiting = { job, since: performance.now(), resolve, reject };
        if (!(job.first ? registered : invented).add(job.caller, waiting)) return reject(new PlannerBusy());
        void work();
      }),
    length: () => registered.length() + invented.length(),
    async close() {
      closed = true;
      for (const { reject } of [...registered.takeAll(), ...invented.takeAll()]) reject(new NoPlanner());
      await thread?.end();
    },
  };
}
