import { parseEnv } from "@tradegraph/kit/env";
import { expect, it } from "vitest";
import { checkOperationSettings, operationRulesOf, operationSettings } from "./settings.ts";

function read(source: Record<string, string>, open = false) {
  const env = parseEnv(operationSettings(open), source);
  checkOperationSettings(env);
  return operationRulesOf({ ...env, REDIS_NAMESPACE: "test" });
}

it("a deployed gateway lets partners send ids only; development lets everybody send anything", () => {
  expect(read({}).modes).toEqual({ app: "off", developer: "off", partner: "ids-only" });
  expect(read({}, true).modes).toEqual({ app: "off", developer: "off", partner: "off" });
  expect(read({})).toMatchObject({ automatic: false, manifests: ["schema/generated/manifests"] });
});

it("several manifests", () => {
  expect(read({ PERSISTED_OPERATIONS_MANIFESTS: "a.json, /b" }).manifests).toEqual(["a.json", "/b"]);
});

it("automatic persisted queries and ids only exclude each other", () => {
  const APQ_APPS = "true";
  expect(() => read({ APQ_APPS, PERSISTED_OPERATIONS_APPS: "ids-only" })).toThrow(/APQ_APPS/);
  expect(read({ APQ_APPS, PERSISTED_OPERATIONS_APPS: "safelist" }).automatic).toBe(true);
});

it("an unknown mode is refused", () => {
  expect(() => read({ PERSISTED_OPERATIONS_APPS: "some" })).toThrow(/PERSISTED_OPERATIONS_APPS/);
});
