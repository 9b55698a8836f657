import process from "node:process";
import cliProgress from "cli-progress";

/** A progress bar on a terminal; a line per collection elsewhere. */
export function createBar(): { update: (label: string, done: number, total: number) => void; stop: () => void } {
  if (!process.stdout.isTTY) {
    return {
      update(label, done, total) {
        if (done >= total) console.log(`${label}: ${done}`);
      },
      stop: () => undefined,
    };
  }
  const bar = new cliProgress.SingleBar({
    format: "{bar} {percentage}% | {value}/{total} | {label}",
    hideCursor: true,
  });
  bar.start(1, 0, { label: "" });
  return {
    update(label, done, total) {
      bar.setTotal(total);
      bar.update(done, { label });
    },
    stop: () => {
      bar.stop();
    },
  };
}
