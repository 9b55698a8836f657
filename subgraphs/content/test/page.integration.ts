import { commandsOf } from "@tradegraph/testkit/command-counter";
import { describe, expect, it } from "vitest";
import { fakePage } from "./fakes.ts";
import { startContent } from "./start-content.ts";

const content = startContent();

const query = "query ($slug: String!) { page(slug: $slug) { id slug title body metaTitle metaDescription updatedAt } }";

describe("page", () => {
  it("is found by its slug", async () => {
    const page = await fakePage(content.models, { metaTitle: "Meta", metaDescription: "What it says" });
    const { _id, slug, title, body, updatedAt } = page;
    await expect(content.subgraph.expectData({ query, variables: { slug } })).resolves.toEqual({
      page: {
        id: _id.toHexString(),
        slug,
        title,
        body,
        metaTitle: "Meta",
        metaDescription: "What it says",
        updatedAt: updatedAt.toISOString(),
      },
    });
  });

  it("is null when no page, or only one of another shop, has the slug", async () => {
    await fakePage(content.models, { slug: "theirs" }, "other-shop");
    for (const slug of ["theirs", "none", ""]) {
      await expect(content.subgraph.expectData({ query, variables: { slug } })).resolves.toEqual({ page: null });
    }
  });

  it("may have the slug of another shop's page, but not of one of the same shop", async () => {
    await fakePage(content.models, { slug: "terms" }, "shop-a");
    await fakePage(content.models, { slug: "terms" }, "shop-b");
    await expect(fakePage(content.models, { slug: "terms" }, "shop-a")).rejects.toMatchObject({ code: 11000 });
  });

  it("costs one command for several slugs and for 100 references", async () => {
    const pages = await Promise.all(Array.from({ length: 100 }, () => fakePage(content.models)));
    const slugs = await commandsOf(content.resources.mongo, () =>
      content.subgraph.expectData({
        query: `{ a: page(slug: "${pages[0]?.slug}") { title } b: page(slug: "${pages[1]?.slug}") { title } }`,
      }),
    );
    expect(slugs.commands).toEqual([{ name: "find", collection: "pages" }]);
    const references = await commandsOf(content.resources.mongo, () =>
      content.subgraph.expectData<{ _entities: { slug: string }[] }>({
        query:
          "query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Page { slug } } }",
        variables: { representations: pages.map(({ _id }) => ({ __typename: "Page", id: _id.toHexString() })) },
      }),
    );
    expect(references.result._entities.map(({ slug }) => slug)).toEqual(pages.map(({ slug }) => slug));
    expect(references.commands).toEqual([{ name: "find", collection: "pages" }]);
  });
});
