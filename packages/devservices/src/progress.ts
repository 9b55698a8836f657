/** What a step tells whoever shows progress; this package itself prints nothing. */
export type ProgressEvent =
  | { type: "started"; step: string }
  | { type: "note"; step: string; text: string }
  /** `received` and `total` in bytes; `total` is undefined while unknown. */
  | { type: "download"; step: string; received: number; total: number | undefined }
  | { type: "done"; step: string; text: string; milliseconds: number };

export type Report = (event: ProgressEvent) => void;

/** For callers that show nothing. */
export function silent(_event: ProgressEvent): void {
  // Nothing to do.
}

/** Runs `work` between a "started" and a "done" event; a failure leaves no "done" and is passed on. */
export async function step<Result>(
  report: Report,
  name: string,
  work: () => Promise<Result>,
  text: (result: Result) => string = () => "",
): Promise<Result> {
  const begun = performance.now();
  report({ type: "started", step: name });
  const result = await work();
  report({ type: "done", step: name, text: text(result), milliseconds: Math.round(performance.now() - begun) });
  return result;
}
