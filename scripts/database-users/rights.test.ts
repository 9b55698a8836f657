import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { databaseNames } from "../databases.ts";
import { rightsOf } from "./rights.ts";

const created = (name: string) => {
  const file = join(import.meta.dirname, `../../subgraphs/${name}/migrations/0001-initial.json`);
  return (JSON.parse(readFileSync(file, "utf8")) as { name: string }[]).map((collection) => collection.name).sort();
};

describe("rightsOf", () => {
  it.each(databaseNames)("lets %s read and write every collection that migrations make for it", (name) => {
    const { privileges, builtIn } = rightsOf(name);
    expect(privileges.map(({ resource }) => resource)).toEqual(
      created(name).map((collection) => ({ db: name, collection })),
    );
    expect(builtIn).toEqual([]);
    for (const { actions } of privileges) expect(actions).toEqual(expect.arrayContaining(["find", "insert", "update"]));
  });

  it("gives no program more than to read and write", () => {
    const actions = databaseNames.flatMap((name) => rightsOf(name).privileges.flatMap((one) => one.actions));
    expect([...new Set(actions)].sort()).toEqual(["find", "insert", "remove", "update"]);
  });

  it("lets nobody delete the audit log, orders, payments or keys", () => {
    const deletable = databaseNames.flatMap((name) =>
      rightsOf(name)
        .privileges.filter(({ actions }) => actions.includes("remove"))
        .map(({ resource: { db, collection } }) => `${db}.${collection}`),
    );
    expect(deletable).toContain("orders.carts");
    for (const kept of ["users.auditLog", "users.users", "orders.orders", "orders.payments", "orders.dataKeys"]) {
      expect(deletable).not.toContain(kept);
    }
  });

  it("gives migrations the form of the four databases, and no right to make users", () => {
    const { builtIn } = rightsOf("migrate", "e2e_");
    expect(new Set(builtIn.map(({ db }) => db))).toEqual(new Set(databaseNames.map((name) => `e2e_${name}`)));
    expect(new Set(builtIn.map(({ role }) => role))).toEqual(new Set(["readWrite", "dbAdmin"]));
  });
});

describe("the job", () => {
  it("imports nothing that the image lacks, which has no packages for development", () => {
    const root = join(import.meta.dirname, "../..");
    const files = [
      "scripts/database-users.ts",
      ...readdirSync(import.meta.dirname).map((name) => `scripts/database-users/${name}`),
    ];
    const programs = files.filter((name) => !/\.(?:test|integration)\.ts$/.test(name));
    const text = programs.map((name) => readFileSync(join(root, name), "utf8")).join("\n");
    const imported = [...text.matchAll(/^(?:import|export) (?!type ).*?from "([^."][^"]*)";$/gms)].map(
      ([, name = ""]) => name,
    );
    const packages = imported.filter((name) => !name.startsWith("node:"));
    const { dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { dependencies: object };
    const own = packages.map((name) =>
      name
        .split("/")
        .slice(0, name.startsWith("@") ? 2 : 1)
        .join("/"),
    );
    expect(own.length).toBeGreaterThan(3);
    expect(own.filter((name) => !(name in dependencies))).toEqual([]);
  });
});
