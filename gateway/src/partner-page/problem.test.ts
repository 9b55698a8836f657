import { badUserInput, serviceUnavailable } from "@tradegraph/kit/errors";
import { GraphQLError } from "graphql";
import { expect, test } from "vitest";
import { refusal } from "../http/refusal.ts";
import { problemOf } from "./problem.ts";

test.each([
  new TypeError("cannot read mongodb://secret@10.0.0.7"),
  "a text that was thrown",
  undefined,
  new GraphQLError("stack of users"),
  new GraphQLError("table missing", { extensions: { code: "INTERNAL_SERVER_ERROR" } }),
])("of %s nothing is told but that it is ours", (error) => {
  const { status, code, message } = problemOf(error);
  expect([status, code]).toEqual([500, "INTERNAL_SERVER_ERROR"]);
  expect(message).toMatch(/^Something went wrong on our side/);
});

test("refusals keep their words, statuses and headers", () => {
  expect(problemOf(badUserInput("Use the other host."))).toMatchObject({ status: 400, message: "Use the other host." });
  const limited = problemOf(refusal(429, "RATE_LIMITED", "Too many.", { "retry-after": "7" }));
  expect(limited).toMatchObject({ status: 429, message: "Too many.", headers: { "retry-after": "7" } });
});

test("services are not named to people", () => {
  const { status, message, headers } = problemOf(serviceUnavailable("The users service does not answer; try again."));
  expect([status, headers]).toEqual([503, { "retry-after": "5" }]);
  expect(message).not.toContain("users");
});
