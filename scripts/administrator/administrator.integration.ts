// The command as an operator runs it, on a database of its own.
import { execFile } from "node:child_process";
import { join } from "node:path";
import process from "node:process";
import { promisify } from "node:util";
import { childEnvironment } from "@tradegraph/devservices/env";
import { runForTenant } from "@tradegraph/kit/tenancy";
import { createTestResources } from "@tradegraph/testkit/test-database";
import { createModels, type Models } from "@tradegraph/users/models";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { fakeUser } from "../../subgraphs/users/test/fakes.ts";

const root = join(import.meta.dirname, "../..");
let resources: Awaited<ReturnType<typeof createTestResources>>;
let models: Models;
beforeAll(async () => {
  resources = await createTestResources("users");
  models = createModels(resources.mongo.connection);
});
afterAll(() => resources[Symbol.asyncDispose]());

async function administrator(email: string, tenant: string) {
  const env = childEnvironment({ MONGODB_URI: inject("mongoUri"), MONGODB_DATABASE: resources.mongo.connection.name });
  const command = ["scripts/administrator.ts", "--tenant", tenant, "--email", email];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, command, { cwd: root, env }).catch(
    (error: unknown) => error as { stdout: string; stderr: string },
  );
  return (stdout + stderr).trim();
}

it(
  "makes a verified account the first administrator of its shop, and nobody else after it",
  { timeout: 60_000 },
  async () => {
    const first = await fakeUser(models, { email: "First@Example.com", emailLower: "first@example.com" });
    const { tenantId: tenant } = first;
    const stored = () => runForTenant(tenant, () => models.User.findById(first._id).lean().exec());
    const run = (email: string) => administrator(email, tenant);

    expect(await run("nobody@example.com")).toContain("Nobody has registered");
    expect(await run("first@example.com")).toContain("not verified");
    expect(await stored()).toMatchObject({ role: "customer" });

    const verify = () => models.User.updateOne({ _id: first._id }, { $set: { emailVerifiedAt: new Date() } }).exec();
    await runForTenant(tenant, verify);
    // Of another shop the address says nothing.
    expect(await administrator("first@example.com", "another-shop")).toContain("Nobody has registered");
    expect(await run("first@example.com")).toContain("is an administrator of");
    const made = await stored();
    expect(made?.role).toBe("admin");
    const told = made?.outbox?.filter(({ type }) => type === "user.roleSet") ?? [];
    expect(told.map(({ actor }) => actor.role)).toEqual(["service"]);
    expect(made).not.toHaveProperty("staffScopes");
    expect(await run("FIRST@example.com")).toContain("already");
    expect((await stored())?.version).toBe(made?.version);

    await fakeUser(models, { emailLower: "second@example.com", emailVerifiedAt: new Date() });
    expect(await run("second@example.com")).toContain("has an administrator already");
  },
);
