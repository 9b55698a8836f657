import { describe, expect, it } from "vitest";
import { readEnv } from "./env.ts";
import { programs } from "./rights.ts";

const server = {
  MONGODB_URI: "mongodb://db.example:27017/?tls=true&replicaSet=rs0",
  DATABASE_OWNER: '{"username":"owner","password":"long & secret","engine":"mongo"}',
};
const arn = (name: string) => `arn:aws:iam::111111111111:role/tradegraph-prod-${name}-task`;
const roles = Object.fromEntries(programs.map((name) => [name, arn(name)]));
const addresses = Object.fromEntries(
  programs.map((name) => [`MONGODB_URI_${name.toUpperCase()}`, `mongodb://${name}:p%40ss-${name}@a:1,b:2/?tls=true`]),
);

describe("readEnv of the job that makes database users", () => {
  it("takes one role of AWS or more for each program", () => {
    const DATABASE_USERS = JSON.stringify({ ...roles, orders: `${arn("orders")},${arn("orders-copy")}` });
    const { owner, users } = readEnv({ ...server, DATABASE_USERS });
    expect(owner).toEqual({ username: "owner", password: "long & secret" });
    expect(users).toMatchObject({
      kind: "iam",
      roles: { products: [arn("products")], orders: [arn("orders"), arn("orders-copy")] },
    });
  });

  it("takes user and password out of each program's address, also of one with several hosts", () => {
    expect(readEnv({ ...server, ...addresses }).users).toMatchObject({
      kind: "password",
      logins: { migrate: { username: "migrate", password: "p@ss-migrate" } },
    });
  });

  it.each([
    [{ ...server }, "DATABASE_USERS: is missing"],
    [{ ...server, DATABASE_USERS: JSON.stringify({ products: arn("p") }) }, "DATABASE_USERS: has no role of users"],
    [{ ...server, DATABASE_USERS: JSON.stringify({ ...roles, shop: arn("shop") }) }, "DATABASE_USERS"],
    [{ ...server, DATABASE_USERS: JSON.stringify({ ...roles, users: "users-task" }) }, "must be arn:aws:iam::"],
    [{ ...server, DATABASE_USERS: JSON.stringify(roles), ...addresses }, "is set besides DATABASE_USERS"],
    [{ ...server, ...addresses, MONGODB_URI_USERS: "" }, "MONGODB_URI_USERS: is missing"],
    [{ ...server, ...addresses, MONGODB_URI_USERS: "mongodb://users@a/" }, "MONGODB_URI_USERS: must hold user"],
    [{ ...server, MONGODB_URI: "mongodb://owner:secret@a/", ...addresses }, "MONGODB_URI: must name no user"],
    [{ ...server, DATABASE_OWNER: "secret", ...addresses }, "DATABASE_OWNER: must be JSON"],
    [{ ...addresses, MONGODB_URI: server.MONGODB_URI }, "DATABASE_OWNER: is missing"],
  ])("refuses settings that are not whole, and shows no secret (%#)", (source, problem) => {
    expect(() => readEnv(source)).toThrow(problem);
    expect(() => readEnv(source)).not.toThrow(/secret|p%40ss/);
  });
});
