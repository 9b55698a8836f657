import { toNodeId } from "@tradegraph/kit/node-id";
import { type Viewer } from "@tradegraph/kit/viewer";
import { commandsOf } from "@tradegraph/testkit/command-counter";
import { describe, expect, it } from "vitest";
import { foreignTypes } from "../src/models/references.ts";
import { fakePage, fakeReview, fakeSlide, fakeViewer, newId } from "./fakes.ts";
import { startContent } from "./start-content.ts";

const content = startContent();

const query = `query ($id: ID!) { node(id: $id) { __typename id
  ... on HeroSlide { nodeId title } ... on Page { nodeId title } ... on Review { nodeId text: title } } }`;

const ask = (id: string, viewer?: Viewer) =>
  content.subgraph.expectData({ query, variables: { id }, ...(viewer && { viewer }) });

describe("node", () => {
  it.each([
    ["HeroSlide", "title", () => fakeSlide(content.models)],
    ["Page", "title", () => fakePage(content.models)],
    ["Review", "text", () => fakeReview(content.models)],
  ] as const)("loads a %s", async (__typename, field, fake) => {
    const { _id, title } = await fake();
    const nodeId = toNodeId(__typename, _id.toHexString());
    await expect(ask(nodeId)).resolves.toEqual({ node: { __typename, id: _id.toHexString(), nodeId, [field]: title } });
  });

  it.each(["HeroSlide", "Page", "Review"])("is null for a %s that does not exist", async (typeName) => {
    await expect(ask(toNodeId(typeName, newId().toHexString()))).resolves.toEqual({ node: null });
  });

  it("is null for what the viewer may not see", async () => {
    const slide = await fakeSlide(content.models, { isActive: false });
    const review = await fakeReview(content.models, { status: "pending" });
    const theirs = await fakePage(content.models, {}, "other-shop");
    const slideId = toNodeId("HeroSlide", slide._id.toHexString());
    const reviewId = toNodeId("Review", review._id.toHexString());
    for (const viewer of [undefined, fakeViewer("customer"), fakeViewer("admin", "other-shop")]) {
      await expect(ask(slideId, viewer)).resolves.toEqual({ node: null });
      await expect(ask(reviewId, viewer)).resolves.toEqual({ node: null });
    }
    await expect(ask(toNodeId("Page", theirs._id.toHexString()), fakeViewer("admin"))).resolves.toEqual({ node: null });
    const author = { ...fakeViewer("customer"), userId: review.authorId.toHexString() };
    await expect(ask(reviewId, author)).resolves.toMatchObject({ node: { text: review.title } });
    await expect(ask(reviewId, fakeViewer("admin"))).resolves.toMatchObject({ node: { text: review.title } });
    await expect(ask(slideId, fakeViewer("admin"))).resolves.toMatchObject({ node: { title: slide.title } });
  });

  it.each(foreignTypes)("names a %s for its owner, without a command", async (__typename) => {
    const id = newId().toHexString();
    const { result, commands } = await commandsOf(content.resources.mongo, () => ask(toNodeId(__typename, id)));
    expect(result).toEqual({ node: { __typename, id } });
    expect(commands).toEqual([]);
  });

  const hex = newId().toHexString();
  it.each([
    ["an unknown type", toNodeId("Invoice", hex)],
    ["a type without a node id", toNodeId("ReviewSummary", hex)],
    ["the name of an interface", toNodeId("Node", hex)],
    ["constructor", toNodeId("constructor", hex)],
    ["__proto__", toNodeId("__proto__", hex)],
    ["toString", toNodeId("toString", hex)],
    ["another case", toNodeId("page", hex)],
    ["a plain id", hex],
    ["a wrong id", toNodeId("Page", "nonsense")],
    ["no id", toNodeId("Page", "")],
    ["three parts", toNodeId("Page", `${hex}:x`)],
    ["nothing", ""],
  ])("refuses %s", async (_, id) => {
    const answer = await content.subgraph.execute({ query, variables: { id } });
    expect(answer.data).toEqual({ node: null });
    expect(answer.errors?.map(({ extensions }) => extensions.code)).toEqual(["BAD_USER_INPUT"]);
  });
});
