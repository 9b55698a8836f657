// One planning thread, from its start to its end. It works on one question at a time.
import { setImmediate as nextTurn } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { type PlanAnswer, type PlannerStart, type PlanQuestion } from "./plan-messages.ts";

/** Beyond this a thread is ended by Node; a supergraph of some hundred types takes 60 MiB. */
const memory = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 32 };

/**
 * - `late`: no answer in time.
 * - `memory`: the question needed more memory than the thread may have, which ended it.
 * - `died`: the thread ended otherwise.
 */
export type PlanOutcome = Exclude<PlanAnswer, { kind: "ready" }> | { kind: "late" | "memory" | "died" };

type Message = PlanAnswer | PlanOutcome;

export interface PlanThread {
  /** @throws Error when it ended before it was ready, or was not ready in time */
  ready: () => Promise<void>;
  ask: (question: PlanQuestion, timeoutMs: number) => Promise<PlanOutcome>;
  isAlive: () => boolean;
  /** Ends it, whatever it does. */
  end: () => Promise<void>;
}

export interface PlanThreadOptions extends PlannerStart {
  /** Another program; for tests. */
  program?: URL | undefined;
  startTimeoutMs: number;
}

const planWorker = new URL("./plan-worker.ts", import.meta.url);

export function startPlanThread({ sdl, program = planWorker, startTimeoutMs }: PlanThreadOptions): PlanThread {
  // It needs no variable, so none of them, secrets among them, is copied.
  const worker = new Worker(program, { workerData: { sdl } satisfies PlannerStart, env: {}, resourceLimits: memory });
  let alive = true;
  let cause: Error | undefined;
  let onMessage: ((message: Message) => void) | undefined;
  const end = async () => {
    await worker.terminate();
  };
  const nextMessage = (timeoutMs: number) =>
    new Promise<Message>((resolve) => {
      if (!alive) return resolve({ kind: "died" });
      // A process that waits for nothing else must wait for this.
      worker.ref();
      let answered = false;
      const settle = (message: Message) => {
        if (answered) return;
        answered = true;
        clearTimeout(timer);
        worker.unref();
        resolve(message);
      };
      // The gateway itself may have been busy and the answer be here: messages are read before the next turn.
      const timer = setTimeout(
        () =>
          void nextTurn().then(() => {
            settle({ kind: "late" });
          }),
        timeoutMs,
      );
      onMessage = settle;
    });

  worker.on("message", (answer: PlanAnswer) => onMessage?.(answer));
  worker.on("error", (error: unknown) => {
    cause = error as Error;
  });
  worker.on("exit", () => {
    alive = false;
    onMessage?.({
      kind: (cause as { code?: string } | undefined)?.code === "ERR_WORKER_OUT_OF_MEMORY" ? "memory" : "died",
    });
  });
  const started = nextMessage(startTimeoutMs);

  return {
    async ready() {
      const { kind } = await started;
      if (kind !== "ready") throw new Error(`The planning thread did not start: ${cause?.message ?? kind}`, { cause });
    },
    async ask({ source, operationName }, timeoutMs) {
      const answer = nextMessage(timeoutMs);
      if (alive) worker.postMessage({ source, operationName } satisfies PlanQuestion);
      return (await answer) as PlanOutcome;
    },
    isAlive: () => alive,
    end,
  };
}
