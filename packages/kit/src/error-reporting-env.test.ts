import { describe, expect, it } from "vitest";
import { EnvError, parseEnv } from "./env.ts";
import { errorReportingEnv } from "./error-reporting-env.ts";

const problemOf = (source: Record<string, string>) => {
  try {
    parseEnv(errorReportingEnv, source);
  } catch (error) {
    if (error instanceof EnvError) return error.message;
    throw error;
  }
  return undefined;
};

describe("settings of error reports", () => {
  it.each([
    "https://0123456789abcdef@o1.ingest.example/42",
    "https://public:secret@errors.example:9000/path/of/it/42",
    "http://key@[::1]:9000/1",
  ])("take the DSN %s", (dsn) => {
    expect(parseEnv(errorReportingEnv, { SENTRY_DSN: dsn })).toEqual({ SENTRY_DSN: dsn });
  });

  it.each([
    "hunter2",
    "https://errors.example/42",
    "https://hunter2@errors.example/",
    "https://hunter2@errors.example/project",
    "https://hunter2@errors.example/42?x=1",
    "ftp://hunter2@errors.example/42",
    "https://hunter2@errors.example/42 ",
    " https://hunter2@errors.example/42",
  ])("refuse %j in a sentence that does not show it", (dsn) => {
    const problem = problemOf({ SENTRY_DSN: dsn });
    expect(problem).toMatch(/SENTRY_DSN: must be a DSN of Sentry such as/);
    expect(problem).not.toContain("hunter2");
  });

  it("refuse environments and releases that Sentry does not take", () => {
    for (const name of ["a b", "a/b", "None", "x".repeat(65)])
      expect(problemOf({ SENTRY_ENVIRONMENT: name })).toMatch(/SENTRY_ENVIRONMENT: must be/);
    for (const name of ["a b", "a/b", "..", "x".repeat(201)])
      expect(problemOf({ SENTRY_RELEASE: name })).toMatch(/SENTRY_RELEASE: must be/);
    expect(problemOf({ SENTRY_ENVIRONMENT: "staging-2", SENTRY_RELEASE: "tradegraph@1.2.3+4f5e" })).toBeUndefined();
  });
});
