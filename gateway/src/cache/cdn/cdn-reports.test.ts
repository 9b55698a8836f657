import { createLogger } from "@tradegraph/kit/logger";
import { expect, it } from "vitest";
import { CdnError } from "./cdn-provider.ts";
import { createFailureReports } from "./cdn-reports.ts";

it("has one line a minute for each kind of failure, and none of what an unknown error says", () => {
  const lines: string[] = [];
  const logger = createLogger({
    service: "test",
    level: "info",
    destination: { write: (line: string) => void lines.push(line) },
  });
  let now = 0;
  const reports = createFailureReports("fastly", logger, () => now);
  for (; now < 120_000; now += 1_000) {
    reports.failed(new CdnError("refused", "answered 401"));
    reports.failed(new Error("bearer secret"));
    reports.accepted();
  }
  const said = lines.map((line) => JSON.parse(line) as { msg: string; failure?: string; reason?: string });
  expect(said.filter(({ failure }) => failure === "refused")).toHaveLength(2);
  expect(said.filter(({ failure }) => failure === "failed")).toHaveLength(2);
  expect(said.filter(({ msg }) => msg === "The CDN accepts purges")).toHaveLength(2);
  expect(said).toHaveLength(6);
  expect(lines.join("")).not.toContain("secret");
});
