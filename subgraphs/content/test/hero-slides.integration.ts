import { describe, expect, it } from "vitest";
import { commandsOf } from "@tradegraph/testkit/command-counter";
import { fakeSlide, fakeViewer, newId } from "./fakes.ts";
import { startContent } from "./start-content.ts";

const content = startContent();

const query = "query ($activeOnly: Boolean) { heroSlides(activeOnly: $activeOnly) { title isActive } }";
const titles = (slides: { title: string }[]) => slides.map(({ title }) => title);

describe("heroSlides", () => {
  it("gives active slides in the shop's order to everybody", async () => {
    const tenantId = "slides-order";
    await fakeSlide(content.models, { title: "third", sortOrder: 30 }, tenantId);
    await fakeSlide(content.models, { title: "first", sortOrder: -5 }, tenantId);
    await fakeSlide(content.models, { title: "off", sortOrder: 10, isActive: false }, tenantId);
    await fakeSlide(content.models, { title: "second", sortOrder: 20 }, tenantId);
    await fakeSlide(content.models, { title: "foreign" }, "slides-other");
    const data = await content.subgraph.expectData<{ heroSlides: { title: string }[] }>({
      query: "{ heroSlides { title isActive } }",
      viewer: { tenantId, role: "anonymous", scopes: [] },
    });
    expect(titles(data.heroSlides)).toEqual(["first", "second", "third"]);
  });

  it("gives switched-off slides to staff who ask for all", async () => {
    const tenantId = "slides-staff";
    await fakeSlide(content.models, { title: "on", sortOrder: 2 }, tenantId);
    await fakeSlide(content.models, { title: "off", sortOrder: 1, isActive: false }, tenantId);
    const viewer = fakeViewer("admin", tenantId);
    const ask = async (activeOnly: boolean | null) =>
      titles(
        (
          await content.subgraph.expectData<{ heroSlides: { title: string }[] }>({
            query,
            variables: { activeOnly },
            viewer,
          })
        ).heroSlides,
      );
    await expect(ask(false)).resolves.toEqual(["off", "on"]);
    await expect(ask(true)).resolves.toEqual(["on"]);
    await expect(ask(null)).resolves.toEqual(["on"]);
  });

  it.each([undefined, fakeViewer("customer"), fakeViewer("supplier")])("refuses all slides to %j", async (viewer) => {
    const answer = await content.subgraph.execute({
      query,
      variables: { activeOnly: false },
      ...(viewer && { viewer }),
    });
    expect(answer.data).toEqual({ heroSlides: null });
    expect(answer.errors?.[0]?.extensions.code).toBe("FORBIDDEN");
  });

  it("gives at most 20", async () => {
    const tenantId = "slides-many";
    await Promise.all(Array.from({ length: 25 }, () => fakeSlide(content.models, {}, tenantId)));
    const data = await content.subgraph.expectData<{ heroSlides: unknown[] }>({
      query,
      viewer: { tenantId, role: "anonymous", scopes: [] },
    });
    expect(data.heroSlides).toHaveLength(20);
  });
});

describe("HeroSlide by reference", () => {
  const entities = `query ($representations: [_Any!]!) {
    _entities(representations: $representations) { ... on HeroSlide { id title } } }`;
  const reference = (id: string) => ({ __typename: "HeroSlide", id });

  it("resolves 100 references with one command", async () => {
    const slides = await Promise.all(Array.from({ length: 100 }, () => fakeSlide(content.models)));
    const variables = { representations: slides.map(({ _id }) => reference(_id.toHexString())) };
    const { result, commands } = await commandsOf(content.resources.mongo, () =>
      content.subgraph.expectData<{ _entities: { title: string }[] }>({ query: entities, variables }),
    );
    expect(titles(result._entities)).toEqual(titles(slides));
    expect(commands).toEqual([{ name: "find", collection: "heroSlides" }]);
  });

  it("reaches no further than the list", async () => {
    const off = await fakeSlide(content.models, { isActive: false });
    const foreign = await fakeSlide(content.models, {}, "slides-foreign");
    const ids = [off._id.toHexString(), foreign._id.toHexString(), newId().toHexString(), "nonsense"];
    const variables = { representations: ids.map(reference) };
    await expect(content.subgraph.expectData({ query: entities, variables })).resolves.toEqual({
      _entities: [null, null, null, null],
    });
    await expect(
      content.subgraph.expectData({ query: entities, variables, viewer: fakeViewer("customer") }),
    ).resolves.toEqual({ _entities: [null, null, null, null] });
    await expect(
      content.subgraph.expectData({ query: entities, variables, viewer: fakeViewer("admin") }),
    ).resolves.toEqual({ _entities: [{ id: ids[0], title: off.title }, null, null, null] });
  });
});
