import { serviceUnavailable } from "@tradegraph/kit/errors";
import { type InternalCall } from "@tradegraph/kit/internal-client";
import { expect, test } from "vitest";
import { createReadProfile, type PartnerProfile } from "./partner-profile.ts";

/** users that answers what it is told to, one call after the other. */
function fakeUsers(...answers: (PartnerProfile | null | Error)[]) {
  const calls: InternalCall[] = [];
  const call = <T>(asked: InternalCall): Promise<T> => {
    const answer = answers[calls.length] ?? null;
    calls.push(asked);
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve({ partnerProfile: answer } as T);
  };
  return { calls, read: createReadProfile({ call }) };
}
const profile = (name: string): PartnerProfile => ({ name, versions: [] });

test("users is asked once for pages at the same moment, as a service of the partner's shop", async () => {
  const { calls, read } = fakeUsers(profile("A"));
  expect(await Promise.all([read("a", "acme"), read("a", "acme")])).toEqual([profile("A"), profile("A")]);
  expect(calls).toMatchObject([
    { variables: { partnerId: "a" }, viewer: { tenantId: "acme", role: "service", scopes: ["api-keys"] } },
  ]);
});

test("partners and shops are kept apart", async () => {
  const { read } = fakeUsers(profile("A"), profile("B"), profile("A elsewhere"));
  const names = [await read("a", "acme"), await read("b", "acme"), await read("a", "zeta")].map(({ name }) => name);
  expect(names).toEqual(["A", "B", "A elsewhere"]);
});

test("a failure is not remembered, and neither is a partner that is gone", async () => {
  const { read } = fakeUsers(serviceUnavailable("users is away"), null, profile("A"));
  await expect(read("a", "acme")).rejects.toMatchObject({ extensions: { code: "SERVICE_UNAVAILABLE" } });
  await expect(read("a", "acme")).rejects.toMatchObject({ extensions: { code: "NOT_FOUND" } });
  expect(await read("a", "acme")).toEqual(profile("A"));
});
