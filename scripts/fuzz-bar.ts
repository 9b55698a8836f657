import cliProgress from "cli-progress";
import { type Finding, type FuzzCounts } from "../e2e/fuzz/fuzz-case.ts";

/** A progress bar over the time on a terminal; now and then a line elsewhere. */
export function createFuzzBar(forMs: number) {
  const begun = performance.now();
  const bar = new cliProgress.SingleBar({
    format: "{bar} {percentage}% | {requests} requests | {compared} compared | {limited} limited | {found} findings",
    ...{ noTTYOutput: true, notTTYSchedule: 15_000, clearOnComplete: true },
  });
  bar.start(forMs, 0, { requests: 0, compared: 0, limited: 0, found: 0 });
  return {
    show(counts: FuzzCounts, findings: readonly Finding[]) {
      bar.update(Math.min(forMs, performance.now() - begun), { ...counts, found: findings.length });
    },
    stop() {
      bar.stop();
    },
  };
}
