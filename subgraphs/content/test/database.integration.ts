import { resolve } from "node:path";
import { migrateDown, migrateUp } from "@tradegraph/kit/migrations";
import { databaseShape, modelShape } from "@tradegraph/testkit/database-shape";
import { permissionProblems, tenancyProblems } from "@tradegraph/testkit/permissions-walk";
import { createTestResources } from "@tradegraph/testkit/test-database";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schemas } from "../src/models.ts";
import { permissions } from "../src/permissions.ts";
import { createSchema } from "../src/schema.ts";

let resources: Awaited<ReturnType<typeof createTestResources>>;

beforeAll(async () => {
  resources = await createTestResources("content");
});

afterAll(() => resources[Symbol.asyncDispose]());

const target = () => {
  const { db } = resources.mongo.connection;
  if (!db) throw new Error("The test database is not connected.");
  return {
    db,
    client: resources.mongo.connection.getClient(),
    directory: resolve(import.meta.dirname, "../migrations"),
  };
};

describe("migrations", () => {
  it("make exactly the validators and indexes that the models ask for", async () => {
    expect(await databaseShape(target().db)).toEqual(modelShape(schemas));
  });

  it("can be taken back and applied again", async () => {
    while ((await migrateDown(target())).length > 0);
    expect((await databaseShape(target().db)).flatMap(({ indexes }) => indexes)).toEqual([]);
    await migrateUp(target());
    expect(await databaseShape(target().db)).toEqual(modelShape(schemas));
  });
});

describe("the walk", () => {
  it("finds a rule on every field", () => {
    expect(permissionProblems(createSchema(), permissions)).toEqual([]);
  });

  it("finds a tenant in every collection", () => {
    expect(tenancyProblems(schemas)).toEqual([]);
  });
});
