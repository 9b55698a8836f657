import { setImmediate } from "node:timers/promises";
import { silentLogger } from "@tradegraph/testkit/test-database";
import { Types } from "mongoose";
import { beforeEach, describe, expect, it } from "vitest";
import { openDataKeyStore } from "../src/data-key-store.ts";
import { type FieldCipher, keyIdOf } from "../src/field-cipher.ts";
import { type KeyManagement } from "../src/key-management.ts";
import { type Rotation, rotateDataKeys } from "../src/key-rotation.ts";
import { runForTenant } from "../src/tenancy.ts";
import {
  newKeyManagement,
  phonePlace,
  sealed,
  type SealedThing,
  streetPlace,
  useSealedThings,
} from "./sealed-things.ts";

const things = useSealedThings();
let keyManagement: KeyManagement;
let cipher: FieldCipher;
const size = 1_234;

const raw = () => things.connection.collection("things");
const all = () => raw().find().sort({ _id: 1 }).toArray() as unknown as Promise<SealedThing[]>;
const textsOf = ({ phone, addresses }: SealedThing) => [phone, ...addresses.map(({ street }) => street)];

const rotate = (settleMs = 0, report: () => unknown = () => undefined): Promise<Rotation> => {
  const { connection } = things;
  return rotateDataKeys({
    service: "things",
    connection,
    keyManagement,
    sealed,
    logger: silentLogger,
    report,
    settleMs,
  });
};

const thing = (n: number) => ({
  _id: new Types.ObjectId(),
  tenantId: n % 2 === 0 ? "acme" : "other",
  phone: cipher.seal(`+49 ${n}`, { ...phonePlace, tenantId: n % 2 === 0 ? "acme" : "other" }),
  addresses: Array.from({ length: n % 3 }, (_, at) => ({
    street: cipher.seal(`Street ${n}-${at}`, { ...streetPlace, tenantId: n % 2 === 0 ? "acme" : "other" }),
    city: "Hamburg",
  })),
  version: 1,
  createdAt: new Date(n),
  updatedAt: new Date(n),
});

beforeEach(async () => {
  keyManagement = newKeyManagement();
  await things.connection.collection("dataKeys").deleteMany({});
  await raw().deleteMany({});
  cipher = await things.program(keyManagement);
  await raw().insertMany(Array.from({ length: size }, (_, n) => thing(n)) as never);
});

describe("rotating", () => {
  it("seals everything with the next key, changes nothing else, and retires the former", async () => {
    const before = await all();
    const { keyId, failed } = await rotate();
    expect({ keyId, failed }).toEqual({ keyId: "f0002", failed: [] });
    expect((await things.keys()).map(({ _id, state }) => `${_id} ${state}`)).toEqual([
      "b0001 active",
      "f0001 retired",
      "f0002 active",
    ]);
    const after = await all();
    for (const [n, { phone, addresses, ...rest }] of after.entries()) {
      const { phone: formerPhone, addresses: formerAddresses, ...former } = before[n] as SealedThing;
      expect(rest).toEqual(former);
      expect(textsOf({ phone, addresses } as SealedThing).map(keyIdOf)).toEqual(
        Array.from({ length: 1 + (n % 3) }, () => "f0002"),
      );
      const place = { ...phonePlace, tenantId: rest.tenantId };
      // A program that knows the former key only, and a value out of a backup.
      await expect(cipher.open(phone!, place)).resolves.toBe(`+49 ${n}`);
      await expect(cipher.open(formerPhone!, place)).resolves.toBe(`+49 ${n}`);
      expect(formerAddresses).toHaveLength(addresses.length);
    }
  });

  it("goes on where it was cut, with the key that it made then", async () => {
    let batches = 0;
    const cut = () => {
      if ((batches += 1) === 2) throw new Error("The power went out.");
    };
    await expect(rotate(0, cut)).rejects.toThrow("The power went out.");
    const half = (await all()).filter(({ phone }) => keyIdOf(phone) === "f0002").length;
    expect(half).toBe(1_000);
    await expect(rotate()).resolves.toMatchObject({ keyId: "f0002", failed: [] });
    expect((await all()).flatMap(textsOf).filter((text) => keyIdOf(text) !== "f0002")).toEqual([]);
  });

  it("leaves what cannot be opened, names it, and keeps the former key active", async () => {
    const [first] = await all();
    const moved = (await all())[1]?.phone;
    await raw().updateOne({ _id: first!._id }, { $set: { phone: moved } });
    const { failed } = await rotate();
    expect(failed).toEqual([`things ${first!._id.toHexString()} phone`]);
    expect((await things.keys()).map(({ state }) => state)).toEqual(["active", "active", "active"]);
    expect((await raw().findOne({ _id: first!._id }))?.phone).toBe(moved);
    // Which does not keep a key that somebody knows in use.
    await expect(rotate()).resolves.toMatchObject({ keyId: "f0003", failed });
    expect((await things.keys()).map(({ _id, state }) => `${_id} ${state}`)).toEqual([
      "b0001 active",
      "f0001 active",
      "f0002 retired",
      "f0003 active",
    ]);
  });

  it("loses no write and fails no read while programs work, and catches what they seal with the former key", async () => {
    const store = openDataKeyStore({ service: "things", connection: things.connection, keyManagement });
    const written = new Map<string, string>();
    const ids = (await all()).filter(({ tenantId }) => tenantId === "acme").map(({ _id }) => _id);
    let isOver = false;
    let reads = 0;
    let writes = 0;
    // Never looks for a newer key, as a program in the first half minute.
    const writer = async () => {
      for (let n = 0; !isOver; n += 1) {
        const _id = ids[(n * 7) % ids.length]!;
        const phone = cipher.seal(`new ${n}`, phonePlace);
        await runForTenant("acme", async () => things.Things.updateOne({ _id }, { $set: { phone } }));
        written.set(_id.toHexString(), `new ${n}`);
        writes += 1;
        await setImmediate();
      }
    };
    const reader = async () => {
      for (let n = 0; !isOver; n += 1) {
        const found = await runForTenant("acme", async () =>
          things.Things.findById(ids[(n * 11) % ids.length]).lean<SealedThing>(),
        );
        await expect(cipher.open(found!.phone!, phonePlace)).resolves.toMatch(/^(\+49|new) \d+$/);
        reads += 1;
      }
    };
    const traffic = Promise.all([writer(), reader()]);
    // Traffic goes on after the first look at everything, and ends before the rotation may count as settled.
    const settleMs = 5_000;
    let looks = 0;
    const rotating = rotate(settleMs, () => (looks += 1));
    await expect.poll(() => looks * 500 >= size && reads > 100, { timeout: 5_000 }).toBe(true);
    const atFirstLook = writes;
    await expect.poll(() => writes - atFirstLook > 50, { timeout: 5_000 }).toBe(true);
    isOver = true;
    await traffic;
    expect(Date.now() - (await store.find("f0002"))!.createdAt.getTime()).toBeLessThan(settleMs);
    await expect(rotating).resolves.toMatchObject({ failed: [] });
    for (const { _id, tenantId, phone, addresses } of await all()) {
      expect(textsOf({ phone, addresses } as SealedThing).filter((text) => keyIdOf(text) !== "f0002")).toEqual([]);
      const last = written.get(_id.toHexString());
      if (last) await expect(cipher.open(phone!, { ...phonePlace, tenantId })).resolves.toBe(last);
    }
  });
});
