// Prints the closing line of CI from vitest's JSON report; fails on failed, skipped or missing tests.
import { readFileSync } from "node:fs";
import process from "node:process";

interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numFailedTestSuites: number;
  testResults: { name: string; status: string; assertionResults: { fullName: string; status: string }[] }[];
}

const report = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")) as Report;
const skipped = report.testResults.flatMap(({ assertionResults }) =>
  assertionResults.filter(({ status }) => status === "skipped" || status === "pending" || status === "todo"),
);
for (const { fullName } of skipped) process.stdout.write(`skipped: ${fullName}\n`);
// A file that fails before its first test counts as one failure.
const brokenFiles = report.testResults.filter(
  ({ status, assertionResults }) => status === "failed" && !assertionResults.some((test) => test.status === "failed"),
);
for (const { name } of brokenFiles) process.stdout.write(`failed to run: ${name}\n`);
// `pnpm check` ran before and counts as one.
const checks = process.argv[3] === "failed" ? 1 : 0;
if (checks > 0) process.stdout.write("failed: pnpm check\n");
const failed = report.numFailedTests + brokenFiles.length + skipped.length + checks;
process.stdout.write(`${report.numPassedTests} passed, ${failed} failed\n`);
process.exitCode = failed === 0 && report.numPassedTests > 0 ? 0 : 1;
