import { describe, expect, it } from "vitest";
import { bringUp, type Run, type Target } from "./bring-up.ts";

interface Plan {
  preview?: Run | Error;
  up?: Run | Error;
}

/** Answers in order; what was said and called is kept. */
function stage(plans: Record<string, Plan>, answers: boolean[] = []) {
  const calls: string[] = [];
  const said: string[] = [];
  let isStopped = false;
  const outcome = (what: Run | Error) => {
    if (what instanceof Error) throw what;
    return what;
  };
  const targets = Object.entries(plans).map(
    ([name, { preview = { changes: { create: 2 } }, up = { changes: { create: 2 } } }]): Target => ({
      name,
      preview: async () => {
        calls.push(`preview ${name}`);
        return outcome(preview);
      },
      up: async () => {
        calls.push(`up ${name}`);
        return outcome(up);
      },
    }),
  );
  const terminal = {
    say: (text: string) => void said.push(text),
    ask: async (question: string) => {
      said.push(question);
      return answers.shift() ?? true;
    },
    isStopped: () => isStopped,
  };
  const stop = () => {
    isStopped = true;
  };
  return {
    calls,
    stop,
    run: () => bringUp(targets, terminal, "pnpm infra:up --stack dev"),
    text: () => said.join("\n"),
  };
}

describe("bringUp", () => {
  it("previews, asks and brings up each in order", async () => {
    const { run, calls, text } = stage({ bootstrap: {}, foundation: {} });
    expect(await run()).toBe("done");
    expect(calls).toEqual(["preview bootstrap", "up bootstrap", "preview foundation", "up foundation"]);
    expect(text()).toContain("bootstrap: 2 create. Do it?");
    expect(text()).toContain("Up: bootstrap, foundation.");
    expect(text()).not.toContain("To go on");
  });

  it("asks nothing where there is nothing to do", async () => {
    const { run, calls, text } = stage({ bootstrap: { preview: { changes: { same: 21, read: 1 } } } });
    expect(await run()).toBe("done");
    expect(calls).toEqual(["preview bootstrap"]);
    expect(text()).not.toContain("?");
  });

  it("ends at the first no, and touches nothing after it", async () => {
    const { run, calls, text } = stage({ bootstrap: {}, foundation: {}, application: {} }, [true, false]);
    expect(await run()).toBe("declined");
    expect(calls).toEqual(["preview bootstrap", "up bootstrap", "preview foundation"]);
    expect(text()).toContain("Up: bootstrap. Left: foundation, application.");
    expect(text()).toContain("To go on: pnpm infra:up --stack dev");
  });

  it.each([["preview" as const], ["up" as const]])("stops where a %s is refused, and says why", async (step) => {
    const refused = new Error("\nAccessDenied: not authorized\nstdout: …");
    const { run, calls, text } = stage({ bootstrap: { [step]: refused }, foundation: {} });
    expect(await run()).toBe("refused");
    expect(calls).not.toContain("preview foundation");
    expect(text()).toContain("bootstrap was refused: AccessDenied: not authorized");
    expect(text()).toContain("what stands is kept");
    expect(text()).toContain("Up: nothing. Left: bootstrap, foundation.");
  });

  it("takes the first error out of what the CLI has printed", async () => {
    const printed = new Error("code: 255\n stdout: Updating\n    error: update failed: no right\n stderr: ");
    const { run, text } = stage({ bootstrap: { up: printed } });
    expect(await run()).toBe("refused");
    expect(text()).toContain("bootstrap was refused: update failed: no right");
  });

  it("calls an end by ^C by its name, whatever the CLI made of it", async () => {
    const { run, stop, text } = stage({ bootstrap: { preview: new Error("exit code 255") } });
    stop();
    expect(await run()).toBe("stopped");
    expect(text()).not.toContain("refused");
    expect(text()).toContain("You stopped it");
  });
});
