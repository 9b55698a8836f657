import { describe, expect, it } from "vitest";
import { services } from "../../../../services.ts";
import { catalogue } from "../../lib/catalogue.ts";
import { secretsOf } from "../../lib/foundation-outputs.ts";
import { optionalSecrets, wantedSecrets } from "./secrets.ts";

const choice = { databaseUsers: "password", isGlobal: true, optional: Object.keys(optionalSecrets) } as const;
const arns = Object.fromEntries(Object.keys(wantedSecrets(choice)).map((key) => [key, `arn:${key}`]));

describe("wantedSecrets", () => {
  it("has a secret for every variable that the catalogue takes from Secrets Manager", () => {
    for (const { name, secrets } of catalogue) {
      const service = services.find((one) => one.name === name);
      if (!service) throw new Error(name);
      expect(
        secretsOf(service, arns)
          .map((secret) => secret.name)
          .sort(),
        name,
      ).toEqual([...secrets].sort());
    }
  });

  it("has one for every variable whose name says that it holds a key, token or password", () => {
    const variables = new Set(services.flatMap(({ env }) => env));
    const telling = [...variables].filter((name) => /(?:KEYS?|TOKEN|PASSWORD|SECRET)$/.test(name));
    expect(telling.length).toBeGreaterThan(2);
    for (const name of telling) expect(Object.keys(arns)).toContain(name);
  });

  it("has none that no service reads, but the database's first user and the one of migrations", () => {
    const variables = new Set(services.flatMap(({ env }) => env));
    const unread = Object.keys(arns).filter((key) => !variables.has(key.split("/")[0] ?? ""));
    expect(unread).toEqual(["DATABASE_OWNER"]);
    expect(Object.keys(arns)).toContain("MONGODB_URI/migrate");
  });

  it("gives each subgraph its own way into the database, and needs none where roles log in", () => {
    const users = services.find(({ name }) => name === "users");
    if (!users) throw new Error("users");
    expect(secretsOf(users, arns)).toContainEqual({ name: "MONGODB_URI", valueFrom: "arn:MONGODB_URI/users" });
    expect(Object.keys(wantedSecrets({ ...choice, databaseUsers: "iam" })).join()).not.toContain("MONGODB_URI");
  });
});
