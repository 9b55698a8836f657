import { HeaderMap } from "@apollo/server";
import { anonymousViewer } from "@tradegraph/kit/viewer";
import { expect, it, onTestFinished } from "vitest";
import { createBucketTable } from "../rate-limit/bucket.ts";
import { rateOf } from "../rate-limit/bucket-level.ts";
import { createLeases } from "../rate-limit/leases.ts";
import { tooMany } from "../rate-limit/rate-limit-refusals.ts";
import { newScope } from "../request-scope.ts";
import { limitRate } from "./rate-limit.ts";
import { type OperationAnswer, type OperationRequest } from "./steps.ts";

const answer: OperationAnswer = { status: 200, headers: new Map(), body: '{"data":{}}' };

/** A visitor may send two requests, one of them a sign-in. */
function openStep() {
  const leases = createLeases({ redis: undefined, instances: 1 });
  onTestFinished(leases.close);
  const table = (name: string, capacity: number) =>
    createBucketTable({ namespace: "test", name, rate: rateOf(capacity, 86_400_000), max: 100, isPersonal: true });
  const places = (name: string, capacity: number) => ({ network: table(name, capacity), site: table(name, 9) });
  const { step } = limitRate({
    tables: {
      ...{ visitor: places("visitor", 2), signIn: places("sign-in", 1) },
      ...{ user: table("user", 2), partner: table("partner", 2), account: table("account", 2) },
    },
    leases,
    decide: ({ bucket, taking, what }) => {
      if (taking === "refused") throw tooMany(leases, bucket, what);
    },
    isEnforced: true,
  });
  return step;
}

const requestOf = (query: string): OperationRequest => {
  const body = { query };
  return {
    ...{ method: "POST", search: "", headers: new HeaderMap(), httpHeaders: {}, body, bodyText: JSON.stringify(body) },
    scope: newScope("r", { ...anonymousViewer("acme"), address: "192.0.2.1" }),
  };
};

it("reads nothing of who may not ask", () => {
  const step = openStep();
  for (let n = 0; n < 2; n += 1) void step(requestOf("{ latest }"), () => answer);
  const request = requestOf("mutation { login { id } }");
  Object.defineProperty(request, "body", { get: () => expect.unreachable() as never });
  expect(() => step(request, () => expect.unreachable() as never)).toThrow("Too many requests");
});

it("answers at once where points are at hand", () => {
  const step = openStep();
  expect(step(requestOf("{ latest }"), () => answer)).toBe(answer);
  expect(step(requestOf("mutation { cartClear }"), () => answer)).toBe(answer);
});

it("tells what was left when each was counted, whenever the answers go out", () => {
  const step = openStep();
  const requests = [requestOf("{ latest }"), requestOf("{ latest }")];
  for (const request of requests) void step(request, () => answer);
  const left = requests.map(({ scope }) => scope.ownHeaders?.()[3]);
  expect(left).toEqual(["1", "0"]);
});
