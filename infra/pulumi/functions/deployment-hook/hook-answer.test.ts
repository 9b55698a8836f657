import { describe, expect, it } from "vitest";
import { hookAnswer, MOST_ATTEMPTS } from "./hook-answer.ts";

const waiting = { state: "wait", why: "health: status 503" } as const;

describe("the answer to ECS", () => {
  it("lets a good version pass, and takes back one that answers wrongly at once", () => {
    expect(hookAnswer({}, { state: "passed", why: "" })).toEqual({ hookStatus: "SUCCEEDED" });
    expect(hookAnswer({}, { state: "failed", why: "" })).toEqual({ hookStatus: "FAILED" });
  });

  it("asks for another call while the version is not there, and counts them", () => {
    const first = hookAnswer({}, waiting);
    expect(first).toEqual({ hookStatus: "IN_PROGRESS", callBackDelay: 30, hookDetails: { attempt: 1 } });
    expect(hookAnswer({ hookDetails: { attempt: 4 } }, waiting)).toMatchObject({ hookDetails: { attempt: 5 } });
  });

  it("gives up in the end, and takes what is no number for the first call", () => {
    expect(hookAnswer({ hookDetails: { attempt: MOST_ATTEMPTS - 1 } }, waiting)).toEqual({ hookStatus: "FAILED" });
    expect(hookAnswer({ hookDetails: { attempt: "many" } }, waiting)).toMatchObject({ hookDetails: { attempt: 1 } });
  });
});
