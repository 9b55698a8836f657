import { type ProgressEvent } from "@tradegraph/devservices/progress";

/** Where a step shows what it is doing: listr2's `task.output`. */
export interface Output {
  output: string;
}

const megabytes = (bytes: number) => (bytes / 1024 ** 2).toFixed(1);

/** A bar of 24 characters. */
export function downloadBar(received: number, total: number | undefined): string {
  if (!total) return `${megabytes(received)} MB`;
  const filled = Math.min(24, Math.round((received / total) * 24));
  return `[${"#".repeat(filled)}${".".repeat(24 - filled)}] ${megabytes(received)} of ${megabytes(total)} MB`;
}

/** Shows events of the server resolver under the running step. */
export const reportTo =
  (target: Output) =>
  (event: ProgressEvent): void => {
    if (event.type === "download") target.output = `downloading ${downloadBar(event.received, event.total)}`;
    else if (event.type === "note") target.output = event.text;
    else if (event.type === "done") target.output = `${event.step} ${event.text} (${event.milliseconds} ms)`;
  };
