// What must hold for every subgraph's database and permissions, as tests that read its models and schema.
import { resolve } from "node:path";
import { migrateDown, migrateUp } from "@tradegraph/kit/migrations";
import { type PermissionMap } from "@tradegraph/kit/permissions";
import { sharedCollections } from "@tradegraph/kit/system-models";
import { type GraphQLSchema } from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { databaseShape, modelShape } from "./database-shape.ts";
import { permissionProblems, tenancyProblems } from "./permissions-walk.ts";
import { createTestResources } from "./test-database.ts";

export interface WalkedSubgraph {
  name: string;
  schemas: Parameters<typeof modelShape>[0];
  createSchema: () => GraphQLSchema;
  permissions: PermissionMap;
}

/** Declares the tests; call it once in `test/database.integration.ts`. */
export function describeSubgraph({ name, schemas, createSchema, permissions }: WalkedSubgraph): void {
  let resources: Awaited<ReturnType<typeof createTestResources>>;

  beforeAll(async () => {
    resources = await createTestResources(name);
  });

  afterAll(() => resources[Symbol.asyncDispose]());

  const target = () => {
    const { db } = resources.mongo.connection;
    if (!db) throw new Error("The test database is not connected.");
    const directory = resolve(import.meta.dirname, "../../../subgraphs", name, "migrations");
    return { db, client: resources.mongo.connection.getClient(), directory };
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
      expect(tenancyProblems(schemas, sharedCollections)).toEqual([]);
    });
  });
}
