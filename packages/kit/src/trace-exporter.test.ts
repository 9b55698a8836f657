import { ExportResultCode } from "@opentelemetry/core";
import { type ReadableSpan, type SpanExporter } from "@opentelemetry/sdk-trace";
import { describe, expect, it } from "vitest";
import { createLogger } from "./logger.ts";
import { tellTrouble } from "./trace-exporter.ts";

interface Line {
  level: string;
  msg: string;
  lost?: number;
  reason?: string;
}

function stage() {
  const lines: Line[] = [];
  const logger = createLogger({
    ...{ service: "test", level: "info" },
    destination: { write: (line: string) => void lines.push(JSON.parse(line) as Line) },
  });
  const state = { error: undefined as (Error & { code?: unknown }) | undefined, now: 0 };
  const failing: SpanExporter = {
    export: (_spans, done) => {
      const { error } = state;
      done(error ? { code: ExportResultCode.FAILED, error } : { code: ExportResultCode.SUCCESS });
    },
    shutdown: () => Promise.resolve(),
  };
  const told = tellTrouble(failing, logger, () => state.now);
  const spans = [{}, {}] as ReadableSpan[];
  const send = () => {
    told.export(spans, () => undefined);
  };
  return { lines, state, send };
}

describe("an export that fails", () => {
  it("is told once, then every ten minutes, and when it is over", () => {
    const { lines, state, send } = stage();
    state.error = Object.assign(new Error("key=hunter2"), { code: "ECONNREFUSED" });
    for (state.now = 0; state.now < 15 * 60_000; state.now += 5_000) send();
    expect(lines.map(({ level, lost }) => [level, lost])).toEqual([
      ["warn", 2],
      ["warn", 242],
    ]);
    state.error = undefined;
    send();
    send();
    expect(lines.slice(2)).toMatchObject([{ level: "info", msg: "Traces are taken again", lost: 360 }]);
  });

  it("is told by its code, because a message may repeat what was sent", () => {
    const { lines, state, send } = stage();
    state.error = Object.assign(new Error("key=hunter2"), { code: 403 });
    send();
    expect(lines).toMatchObject([{ reason: "403" }]);
    expect(JSON.stringify(lines)).not.toContain("hunter2");
  });
});
