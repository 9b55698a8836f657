// What only staff of content see; staff of other areas see what everybody sees.
import { type Viewer } from "@tradegraph/kit/viewer";
import { testTenant } from "@tradegraph/testkit/test-subgraph";
import { describe, expect, it } from "vitest";
import { fakeReview, fakeSlide, fakeViewer, newId } from "./fakes.ts";
import { startContent } from "./start-content.ts";

const content = startContent();
const admin = (...scopes: string[]): Viewer => ({ ...fakeViewer("admin"), scopes });
const staff = [admin("admin"), admin("staff:content"), admin("staff:users", "staff:content")];
const partner: Viewer = { tenantId: testTenant, role: "partner", scopes: ["catalogue:read", "orders:read-all"] };
const others = [admin(), admin("staff:users"), admin("staff:catalogue"), fakeViewer("customer"), partner];

describe("staff of content", () => {
  it("alone see slides that are switched off", async () => {
    const slide = await fakeSlide(content.models, { isActive: false });
    const list = "{ heroSlides(activeOnly: false) { id } }";
    const entity = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on HeroSlide { id } } }`;
    const variables = { representations: [{ __typename: "HeroSlide", id: slide._id.toHexString() }] };
    const seen = { id: slide._id.toHexString() };
    for (const viewer of staff) {
      const data = await content.subgraph.expectData({ query: list, viewer });
      expect(data).toMatchObject({ heroSlides: expect.arrayContaining([seen]) as unknown });
      await expect(content.subgraph.expectData({ query: entity, variables, viewer })).resolves.toEqual({
        _entities: [seen],
      });
    }
    for (const viewer of others) {
      const answer = await content.subgraph.execute({ query: list, viewer });
      expect(answer.errors?.[0]?.extensions.code).toBe("FORBIDDEN");
      await expect(content.subgraph.expectData({ query: entity, variables, viewer })).resolves.toEqual({
        _entities: [null],
      });
    }
  });

  it("alone, beside the author, see reviews that are not approved", async () => {
    const review = await fakeReview(content.models, { status: "pending", productId: newId() });
    const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Review { title } } }`;
    const variables = { representations: [{ __typename: "Review", id: review._id.toHexString() }] };
    for (const viewer of staff)
      await expect(content.subgraph.expectData({ query, variables, viewer })).resolves.toEqual({
        _entities: [{ title: review.title }],
      });
    for (const viewer of others)
      await expect(content.subgraph.expectData({ query, variables, viewer })).resolves.toEqual({ _entities: [null] });
  });
});
