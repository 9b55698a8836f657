import { beforeEach, describe, expect, it } from "vitest";
import { openDataKeyStore } from "../src/data-key-store.ts";
import { keyIdOf, SealedValueError } from "../src/field-cipher.ts";
import { type KeyManagement } from "../src/key-management.ts";
import { rewrapDataKeys } from "../src/key-rewrap.ts";
import { type Sealed } from "../src/sealed-field.ts";
import { newKeyManagement, phonePlace, useSealedThings } from "./sealed-things.ts";

const things = useSealedThings();
let keyManagement: KeyManagement;

beforeEach(async () => {
  keyManagement = newKeyManagement();
  for (const name of ["dataKeys", "things"]) await things.connection.collection(name).deleteMany({});
});

/** Counts how often a key was wrapped or unwrapped. */
function counting(): KeyManagement & { calls: string[]; refusing: boolean } {
  const calls: string[] = [];
  const counted = {
    ...keyManagement,
    calls,
    refusing: false,
    unwrap(wrapped: string, context: Record<string, string>) {
      calls.push(context.keyId ?? "");
      return counted.refusing ? Promise.reject(new Error("KMS is down.")) : keyManagement.unwrap(wrapped, context);
    },
  };
  return counted;
}

describe("the first start", () => {
  it("makes one key for each purpose, however many programs start at once", async () => {
    const size = 8;
    const all = Promise.withResolvers<void>();
    let arrived = 0;
    // Nobody writes a key before all have seen that there is none.
    const together: KeyManagement = {
      ...keyManagement,
      async wrap(key, context) {
        arrived += 1;
        if (arrived === size) all.resolve();
        await all.promise;
        return keyManagement.wrap(key, context);
      },
    };
    const programs = await Promise.all(Array.from({ length: size }, () => things.program(together)));
    expect(arrived).toBeGreaterThanOrEqual(size);
    expect((await things.keys()).map(({ _id, purpose, state }) => [_id, purpose, state])).toEqual([
      ["b0001", "blind-index", "active"],
      ["f0001", "fields", "active"],
    ]);
    for (const one of programs) {
      const sealed = one.seal("1", phonePlace);
      for (const other of programs) {
        await expect(other.open(sealed, phonePlace)).resolves.toBe("1");
        expect(other.blindIndex("1", phonePlace)).toBe(one.blindIndex("1", phonePlace));
      }
    }
  });

  it("is refused with another wrapping key, and says which", async () => {
    await things.program(keyManagement);
    const other = newKeyManagement();
    await expect(things.program(other)).rejects.toThrow(
      `it was wrapped by ${keyManagement.name}, the settings name ${other.name}`,
    );
  });

  it("is refused when the key was put there for another subgraph", async () => {
    await things.program(keyManagement);
    const keys = things.connection.collection("dataKeys");
    const index = await keys.findOne({ _id: "b0001" as never });
    await keys.updateOne({ _id: "f0001" as never }, { $set: { wrapped: index?.wrapped as string } });
    await expect(things.program(keyManagement)).rejects.toThrow(/f0001 of things cannot be unwrapped/);
  });
});

describe("data keys that are gone", () => {
  it("are made anew by no running program, so that they can be put back", async () => {
    const cipher = await things.program(keyManagement);
    const sealed = cipher.seal("1", phonePlace);
    const backup = await things.keys();
    const collection = things.connection.collection("dataKeys");
    await collection.deleteMany({});
    await cipher.refresh();
    expect(await things.keys()).toEqual([]);
    const meanwhile = cipher.seal("2", phonePlace);
    await collection.insertMany(backup as never);
    const fresh = await things.program(keyManagement);
    await expect(fresh.open(sealed, phonePlace)).resolves.toBe("1");
    await expect(fresh.open(meanwhile, phonePlace)).resolves.toBe("2");
  });

  it("are not replaced at a start while there are values that they sealed", async () => {
    const cipher = await things.program(keyManagement);
    const phone = cipher.seal("1", phonePlace);
    await things.connection.collection("things").insertOne({ tenantId: "acme", phone, addresses: [], version: 1 });
    await things.connection.collection("dataKeys").deleteMany({});
    await expect(things.program(keyManagement)).rejects.toThrow(/no data key is there: put dataKeys back/);
    expect(await things.keys()).toEqual([]);
  });

  it("are not given up by a running program for those of an older backup", async () => {
    const keys = openDataKeyStore({ service: "things", connection: things.connection, keyManagement });
    const cipher = await things.program(keyManagement);
    const next = await keys.successor((await keys.newest("fields"))!);
    await cipher.refresh();
    await things.connection.collection("dataKeys").deleteOne({ _id: next._id as never });
    await cipher.refresh();
    expect(keyIdOf(cipher.seal("1", phonePlace))).toBe(next._id);
  });

  it("are not exchanged in a running program for others by the same name", async () => {
    const cipher = await things.program(keyManagement);
    const collection = things.connection.collection("dataKeys");
    await collection.deleteMany({});
    await things.program(keyManagement);
    await cipher.refresh();
    await expect(cipher.open(cipher.seal("1", phonePlace), phonePlace)).resolves.toBe("1");
  });
});

describe("a running program", () => {
  it("opens what is sealed with a key that it has not met, unwrapping it once for many", async () => {
    const management = counting();
    const old = await things.program(management);
    const keys = openDataKeyStore({ service: "things", connection: things.connection, keyManagement });
    await keys.successor((await keys.newest("fields"))!);
    const fresh = await things.program(keyManagement);
    const sealed = fresh.seal("1", phonePlace);
    management.calls.length = 0;
    management.refusing = true;
    await expect(old.open(sealed, phonePlace)).rejects.toThrow(SealedValueError);
    management.refusing = false;
    management.calls.length = 0;
    await Promise.all(Array.from({ length: 50 }, () => old.open(sealed, phonePlace)));
    expect(management.calls).toEqual(["f0002"]);
    expect(await things.keys()).toHaveLength(3);
  });

  it("takes up a newer key when it looks for one, and adds up what it sealed", async () => {
    const cipher = await things.program(keyManagement);
    for (let n = 0; n < 5; n += 1) cipher.seal("1", phonePlace);
    await cipher.refresh();
    await cipher.refresh();
    expect((await things.keys()).map(({ uses }) => uses)).toEqual([0, 5]);
  });

  it("refuses a value whose key does not exist", async () => {
    const cipher = await things.program(keyManagement);
    const unknown = cipher.seal("1", phonePlace).replace("f0001", "f0099") as Sealed;
    await expect(cipher.open(unknown, phonePlace)).rejects.toThrow(/its key f0099 cannot be had/);
  });
});

describe("the database", () => {
  it("refuses plain text in a sealed field, and no key in clear", async () => {
    const raw = things.connection.collection("things");
    const document = { tenantId: "acme", addresses: [], version: 1 };
    await expect(raw.insertOne({ ...document, phone: "+49 40 555 0100" })).rejects.toMatchObject({ code: 121 });
    const address = { street: "Hafenstrasse 1", city: "Hamburg" };
    await expect(raw.insertOne({ ...document, addresses: [address] })).rejects.toMatchObject({ code: 121 });
    const cipher = await things.program(keyManagement);
    await raw.insertOne({ ...document, phone: cipher.seal("+49 40 555 0100", phonePlace) });
  });
});

describe("rewrapping", () => {
  it("changes the wrapping key and no value, and may be repeated", async () => {
    const before = await things.program(keyManagement);
    const sealed = before.seal("1", phonePlace);
    const to = newKeyManagement();
    const options = { service: "things", connection: things.connection, from: keyManagement, to };
    await expect(rewrapDataKeys(options)).resolves.toEqual(["b0001", "f0001"]);
    await expect(rewrapDataKeys(options)).resolves.toEqual([]);
    const after = await things.program(to);
    await expect(after.open(sealed, phonePlace)).resolves.toBe("1");
    expect(after.blindIndex("1", phonePlace)).toBe(before.blindIndex("1", phonePlace));
    await expect(things.program(keyManagement)).rejects.toThrow(/wrapped by/);
    await expect(rewrapDataKeys({ ...options, from: keyManagement, to: newKeyManagement() })).rejects.toThrow();
  });
});
