import { expect, it } from "vitest";
import { createReportLimit } from "./report-limit.ts";

it("lets a few of each kind and some of all through a minute, and begins anew after it", () => {
  let time = 0;
  const limit = createReportLimit({ perMinute: 4, perKind: 2, now: () => time });
  const taken = (kinds: string) => [...kinds].map((kind) => Number(limit.take(kind))).join("");
  expect(taken("aaaabbbc")).toBe("11001100");
  time = 59_999;
  expect(taken("ad")).toBe("00");
  time = 60_000;
  expect(taken("aaa")).toBe("110");
});
