// ^C, and a workflow that is cancelled: what is under way is asked to end well, and nothing new begins.
import process from "node:process";
import { exitCodes, ReleaseError } from "./failure.ts";

const stopped = (by: string) =>
  new ReleaseError(
    "interrupted",
    `Stopped by ${by}. What is done stays done: the same command goes on from here.\n` +
      "Where services had begun to change, --rollback brings all of them back.",
  );

/**
 * From here on a signal does not end this process by itself: Pulumi would lose whom it tells what it does, die of it, and leave
 * the stack locked. Whoever presses ^C a second time means it, and that may happen then.
 *
 * @returns aborted by the first signal; its reason is a ReleaseError
 */
export function listenForStop(say: (line: string) => void): AbortSignal {
  const stopping = new AbortController();
  const stop = (name: NodeJS.Signals) => {
    if (!stopping.signal.aborted) {
      say(`${name}: stopping; what is under way is brought to an end first, a second ^C does not wait for it`);
      stopping.abort(stopped(name));
    } else if (name === "SIGINT") {
      say("ended at once: where the next release finds a lock, `pulumi cancel` in the program's folder takes it away");
      process.exit(exitCodes.interrupted);
    }
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  return stopping.signal;
}
