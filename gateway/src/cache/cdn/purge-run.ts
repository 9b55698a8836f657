// Tries until the CDN accepts, with pauses that grow. What comes meanwhile goes with the next attempt.
import { DelegateBackoff, handleAll, type IRetryBackoffContext, retry } from "cockatiel";
import { defaultBackoff, pauseAfter, type PurgeBackoff } from "./cdn-health.ts";
import { failureIn } from "./cdn-provider.ts";

export interface PurgeRunOptions {
  hasWork: () => boolean;
  /** @throws CdnError to be tried again */
  attempt: () => Promise<void>;
  onError: (error: unknown) => void;
  signal: AbortSignal;
  backoff?: PurgeBackoff;
}

export interface PurgeRun {
  /** Begins unless it is under way. */
  start: () => void;
  /** Resolves when no attempt is under way. */
  idle: () => Promise<void>;
}

const retryAfterOf = ({ result }: IRetryBackoffContext<unknown>) =>
  "error" in result ? failureIn(result.error).retryAfterMs : 0;

export function createPurgeRun({ hasWork, attempt, onError, signal, ...options }: PurgeRunOptions): PurgeRun {
  const pauses = options.backoff ?? defaultBackoff;
  const backoff = new DelegateBackoff((context: IRetryBackoffContext<unknown>) => {
    // Not all gateways at once.
    const growing = pauseAfter(context.attempt - 1, pauses) * (0.75 + Math.random() / 4);
    return Math.max(retryAfterOf(context), growing);
  });
  const patiently = retry(handleAll, { maxAttempts: Infinity, backoff }).dangerouslyUnref();
  let isRunning = false;
  let current: Promise<void> = Promise.resolve();

  const once = async () => {
    if (signal.aborted) return;
    current = attempt();
    try {
      await current;
    } catch (error) {
      onError(error);
      throw error;
    }
  };
  const run = async () => {
    while (hasWork() && !signal.aborted) await patiently.execute(once, signal);
  };
  return {
    start() {
      if (isRunning) return;
      isRunning = true;
      const end = () => {
        isRunning = false;
      };
      run().then(end, end);
    },
    idle: () => current.catch(() => undefined),
  };
}
