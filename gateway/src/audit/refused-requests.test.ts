import { unauthenticated } from "@tradegraph/kit/errors";
import { expect, it } from "vitest";
import { type Caller } from "../client-address.ts";
import { type AuditRecord } from "./record.ts";
import { recordRefusals } from "./refused-requests.ts";

it("blames nobody by name for refusals from more networks than are kept apart, and one network only once", async () => {
  const kept: AuditRecord[] = [];
  let address = "";
  const refusals = recordRefusals({
    keep: (record) => Promise.resolve(void kept.push(record)) as never,
    addressOf: () => address,
    tenants: { hosts: {}, trustHeader: true, fallback: "acme" },
    periodMs: 600_000,
  });
  const identify = refusals.watch(() => Promise.reject(unauthenticated()));
  const refuse = async (from: string) => {
    address = from;
    await expect(identify({ headers: {} } as Caller)).rejects.toThrow();
  };
  for (let n = 0; n < 2_000; n += 1) await refuse(`2001:db8::${n.toString(16)}`);
  for (let n = 0; n < 1_500; n += 1) await refuse(`10.${n >> 8}.${n & 255}.1`);
  refusals.flush();
  const told = kept.filter(({ count = 1 }) => count > 1).map(({ address: from, count }) => ({ from, count }));
  expect(told).toEqual([
    { from: "2001:db8::0", count: 1_999 },
    { from: undefined, count: 500 },
  ]);
});
