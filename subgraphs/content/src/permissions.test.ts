import { type Viewer } from "@tradegraph/kit/viewer";
import { graphql, isObjectType } from "graphql";
import { Types } from "mongoose";
import { describe, expect, it } from "vitest";
import { foreignTypes } from "./models/references.ts";
import { createSchema } from "./schema.ts";

const authorId = new Types.ObjectId();
const review = {
  _id: new Types.ObjectId(),
  productId: new Types.ObjectId(),
  authorId,
  status: "pending",
  title: "T",
  body: "B",
};

/** A loader that forgot to look at the viewer. */
const read = (viewer: Viewer) =>
  graphql({
    schema: createSchema(),
    source: `{ _entities(representations: [{ __typename: "Review", id: "x" }]) {
      ... on Review { title body author { id } } } }`,
    contextValue: { viewer, loaders: { reviewById: { load: () => Promise.resolve({ ...review }) } } },
  });

const viewer = (role: Viewer["role"], userId?: string): Viewer => ({
  tenantId: "acme",
  role,
  userId,
  scopes: role === "admin" ? ["staff:content"] : [],
});

describe("a review that is not approved", () => {
  it.each([
    viewer("anonymous"),
    viewer("customer", new Types.ObjectId().toHexString()),
    viewer("service"),
    { ...viewer("admin"), scopes: ["staff:orders"] },
  ])("keeps its text and author from %j even when the loader does not", async (stranger) => {
    const { data, errors } = await read(stranger);
    expect(data).toEqual({ _entities: [{ title: null, body: null, author: null }] });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(["FORBIDDEN", "FORBIDDEN", "FORBIDDEN"]);
  });

  it.each([viewer("admin"), viewer("customer", authorId.toHexString())])("is open to %j", async (reader) => {
    const { data, errors } = await read(reader);
    expect(errors).toBeUndefined();
    expect(data).toEqual({ _entities: [{ title: "T", body: "B", author: { id: authorId.toHexString() } }] });
  });
});

describe("node types", () => {
  it("are those of the schema", () => {
    const nodes = Object.values(createSchema().getTypeMap()).filter(
      (type) => isObjectType(type) && type.getInterfaces().some(({ name }) => name === "Node"),
    );
    expect(nodes.map(({ name }) => name).sort()).toEqual([...foreignTypes, "HeroSlide", "Page", "Review"].sort());
  });
});
