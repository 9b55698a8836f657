// The job on a real server with authentication: what DocumentDB and MongoDB have in common. Users of `$external` can be
// made there too; only their log-in needs DocumentDB (packages/kit/test/mongo-aws.integration.ts).
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import process from "node:process";
import { promisify } from "node:util";
import { childEnvironment } from "@tradegraph/devservices/env";
import mongoose from "mongoose";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { databaseNames } from "../databases.ts";
import { programs } from "./rights.ts";

const root = join(import.meta.dirname, "../..");
const run = promisify(execFile);
type Client = InstanceType<typeof mongoose.mongo.MongoClient>;

const [, scheme = "", owner = "", password = "", rest = ""] =
  /^(mongodb:\/\/)([^:]+):([^@]+)@(.*)$/.exec(inject("mongoUri")) ?? [];
const server = scheme + rest.replace(/&?authSource=admin/, "");
const DATABASE_OWNER = JSON.stringify({ username: owner, password });
const opened: Client[] = [];
let admin: Client;
let prefix: string;
const arn = (name: string) => `arn:aws:iam::111111111111:role/${prefix}${name}-task`;
const iam = (changed: Record<string, string> = {}) => ({
  DATABASE_USERS: JSON.stringify({ ...Object.fromEntries(programs.map((name) => [name, arn(name)])), ...changed }),
});
const secretOf = (name: string) => `p@ss/${name}`;
const addressOf = (name: string, secret = secretOf(name)) =>
  server.replace("://", `://${prefix}${name}:${encodeURIComponent(secret)}@`);
const passwords = (changed: Record<string, string> = {}) => ({
  ...Object.fromEntries(programs.map((name) => [`MONGODB_URI_${name.toUpperCase()}`, addressOf(name)])),
  ...changed,
});

async function job(settings: Record<string, string>, ...args: string[]) {
  const env = childEnvironment({ MONGODB_URI: server, DATABASE_OWNER, NODE_ENV: "test", ...settings });
  const command = ["scripts/database-users.ts", "--prefix", prefix, ...args];
  const { stdout, stderr } = await run(process.execPath, command, { cwd: root, env }).catch(
    (error: unknown) => error as { stdout: string; stderr: string },
  );
  for (const secret of [password, "p@ss", "p%40ss"]) expect(stdout + stderr).not.toContain(secret);
  const lines = stdout.trim().split("\n");
  return { lines, verbs: [...new Set(lines.map((line) => line.split(": ")[1]))], stderr };
}

const open = async (uri: string) => {
  const client = await new mongoose.mongo.MongoClient(uri, { retryWrites: false }).connect();
  opened.push(client);
  return client;
};
const usersIn = async (database: string) => {
  const { users } = await admin.db(database).command({ usersInfo: 1 });
  return (users as { user: string; roles: { role: string; db: string }[] }[]).filter(({ user }) =>
    user.includes(prefix),
  );
};
const refused = { code: 13 };

beforeAll(async () => {
  admin = await open(inject("mongoUri"));
});
beforeEach(() => {
  prefix = `rights_${randomBytes(4).toString("hex")}_`;
});
afterEach(() => Promise.all(databaseNames.map((name) => admin.db(`${prefix}${name}`).dropDatabase())));
afterAll(() => Promise.all(opened.map((client) => client.close())));

describe("users by roles of AWS", { timeout: 180_000 }, () => {
  it("makes one in $external for each program, the second time nothing", async () => {
    expect((await job(iam())).verbs).toEqual(["created"]);
    const users = await usersIn("$external");
    expect(users.map(({ user }) => user).sort()).toEqual(programs.map(arn).sort());
    const products = users.find(({ user }) => user === arn("products"));
    expect(products?.roles).toEqual([{ role: `${prefix}tradegraph-products`, db: "admin" }]);
    expect((await job(iam())).verbs).toEqual(["is right"]);
  });

  it("changes nothing where it is only asked for the plan", async () => {
    expect((await job(iam(), "--plan")).verbs).toEqual(["to create"]);
    expect(await usersIn("$external")).toEqual([]);
  });

  it("puts rights right that somebody has changed", async () => {
    await job(iam());
    await admin.db("$external").command({ updateUser: arn("products"), roles: [{ role: "root", db: "admin" }] });
    const role = { updateRole: `${prefix}tradegraph-content`, privileges: [], roles: [] };
    await admin.db("admin").command(role);
    const { lines } = await job(iam());
    expect(lines.filter((line) => !line.endsWith("is right"))).toEqual([
      `role ${prefix}tradegraph-content (admin): updated`,
      `user ${arn("products")} ($external): updated`,
    ]);
    expect((await job(iam())).verbs).toEqual(["is right"]);
  });

  it("names users that nobody is any more, and drops them only when told", async () => {
    await job(iam({ orders: `${arn("orders")},${arn("orders-old")}` }));
    const stranger = `person-${prefix}`;
    await admin
      .db("admin")
      .command({ createUser: stranger, pwd: "x", roles: [{ role: "read", db: `${prefix}orders` }] });
    const gone = `user ${arn("orders-old")} ($external)`;
    expect((await job(iam())).lines.at(-1)).toBe(`${gone}: nobody's: --drop takes it away`);
    expect(await usersIn("$external")).toHaveLength(programs.length + 1);
    expect((await job(iam(), "--drop")).lines.at(-1)).toBe(`${gone}: dropped`);
    expect(await usersIn("$external")).toHaveLength(programs.length);
    expect((await usersIn("admin")).map(({ user }) => user)).toEqual([stranger]);
    await admin.db("admin").command({ dropUser: stranger });
  });
});

describe("users by password", { timeout: 180_000 }, () => {
  it("makes users that log in, and sets another password when the secret has one", async () => {
    expect((await job(passwords())).verbs).toEqual(["created"]);
    expect((await job(passwords())).verbs).toEqual(["is right"]);
    const changed = passwords({ MONGODB_URI_USERS: addressOf("users", "p@ss/new") });
    const { lines } = await job(changed);
    expect(lines.filter((line) => !line.endsWith("is right"))).toEqual([`user ${prefix}users (admin): updated`]);
    await expect(open(addressOf("users"))).rejects.toMatchObject({ code: 18 });
    await open(addressOf("users", "p@ss/new"));
  });

  it("lets each program at its own collections, and at nothing else", async () => {
    await job(passwords());
    for (const name of databaseNames) {
      const client = await open(addressOf(name));
      const own = client.db(`${prefix}${name}`);
      await own.collection("outboxEvents").insertOne({ _id: 1 as never });
      expect(await own.collection("outboxEvents").countDocuments()).toBe(1);
      for (const other of databaseNames.filter((one) => one !== name)) {
        const foreign = client.db(`${prefix}${other}`).collection("outboxEvents");
        await expect(foreign.findOne({}), `${name} reads ${other}`).rejects.toMatchObject(refused);
        await expect(foreign.insertOne({}), `${name} writes ${other}`).rejects.toMatchObject(refused);
      }
      await expect(own.collection("migrationChangelog").find().toArray()).rejects.toMatchObject(refused);
      await expect(own.collection("secret").insertOne({})).rejects.toMatchObject(refused);
      await expect(own.collection("outboxEvents").createIndex({ at: 1 })).rejects.toMatchObject(refused);
      await expect(own.collection("outboxEvents").drop()).rejects.toMatchObject(refused);
      await expect(own.dropDatabase()).rejects.toMatchObject(refused);
      const { databases } = await client.db("admin").command({ listDatabases: 1, nameOnly: true });
      expect(databases).toEqual([{ name: own.databaseName }]);
      await expect(client.db("admin").command({ createUser: "x", pwd: "x", roles: [] })).rejects.toMatchObject(refused);
    }
  });

  it("lets the audit log grow, and nobody delete from it", async () => {
    await job(passwords());
    const log = (await open(addressOf("users"))).db(`${prefix}users`).collection("auditLog");
    await log.insertOne({ action: "order.placed" });
    await expect(log.deleteMany({})).rejects.toMatchObject(refused);
  });

  it("lets migrations run with their own user, which can make none", async () => {
    await job(passwords());
    const env = childEnvironment({ MONGODB_URI: addressOf("migrate"), NODE_ENV: "test" });
    const migrate = (...args: string[]) =>
      run(process.execPath, ["scripts/migrate.ts", ...args, "--prefix", prefix], { cwd: root, env });
    expect((await migrate("up")).stdout).toContain("0001-initial.ts");
    expect((await migrate("status")).stdout).not.toContain("pending");
    await migrate("down", "--yes", "--service", "content");
    const client = await open(addressOf("migrate"));
    const user = { createUser: "x", pwd: "x", roles: [] };
    await expect(client.db(`${prefix}users`).command(user)).rejects.toMatchObject(refused);
    await expect(client.db("admin").collection("system.users").findOne({})).rejects.toMatchObject(refused);
  });
});

describe("what goes wrong", { timeout: 180_000 }, () => {
  it("says in words that the owner's password is another", async () => {
    const wrong = JSON.stringify({ username: owner, password: "another" });
    const { stderr } = await job({ ...iam(), DATABASE_OWNER: wrong });
    expect(stderr.trim()).toBe("The database refuses DATABASE_OWNER: user or password is not the one in force.");
  });

  it("says that a user who may not make users is not the owner", async () => {
    await job(passwords());
    const DATABASE_OWNER = JSON.stringify({ username: `${prefix}products`, password: secretOf("products") });
    expect((await job({ ...passwords(), DATABASE_OWNER })).stderr).toContain("It must be the cluster's first user");
  });
});
