import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fakeStore } from "./fakes.ts";
import { startProducts, type StartedProducts } from "./start-products.ts";

let subgraph: StartedProducts;

beforeAll(async () => {
  subgraph = await startProducts();
  const place = (name: string, longitude: number, latitude: number, more: object = {}) =>
    fakeStore(subgraph.models, { name, location: { type: "Point", coordinates: [longitude, latitude] }, ...more });
  await place("Hamburg", 9.99, 53.55);
  await place("Bremen", 8.8, 53.08);
  await place("Munich", 11.58, 48.14);
  await place("Fiji", 179.5, -17);
  await place("Closed", 9.99, 53.55, { isActive: false });
  await place("Other shop", 9.99, 53.55, { tenantId: "other" });
});

afterAll(() => subgraph.stop());

const operation = (variables: object) => ({
  query: `query ($latitude: Float!, $longitude: Float!, $radiusKm: Float! = 25, $first: Int) {
    storesNear(latitude: $latitude, longitude: $longitude, radiusKm: $radiusKm, first: $first) { name latitude longitude } }`,
  variables: { latitude: 53.55, longitude: 9.99, ...variables },
});

const namesNear = async (variables: object) =>
  (await subgraph.expectData<{ storesNear: { name: string }[] }>(operation(variables))).storesNear.map(
    ({ name }) => name,
  );

describe("storesNear", () => {
  it("gives the nearest first, open ones of this shop only", async () => {
    expect(await namesNear({ radiusKm: 1_000 })).toEqual(["Hamburg", "Bremen", "Munich"]);
    expect(await namesNear({ latitude: 48, longitude: 11, radiusKm: 1_000 })).toEqual(["Munich", "Bremen", "Hamburg"]);
  });

  it("stays within the radius, 25 km unless told", async () => {
    expect(await namesNear({})).toEqual(["Hamburg"]);
    expect(await namesNear({ radiusKm: 90 })).toEqual(["Hamburg"]);
    expect(await namesNear({ radiusKm: 100 })).toEqual(["Hamburg", "Bremen"]);
    expect(await namesNear({ radiusKm: 20_000 })).toHaveLength(4);
  });

  it("looks over the date line", async () => {
    expect(await namesNear({ latitude: -17, longitude: -179.9, radiusKm: 100 })).toEqual(["Fiji"]);
  });

  it("gives no more than asked for", async () => {
    expect(await namesNear({ radiusKm: 1_000, first: 2 })).toEqual(["Hamburg", "Bremen"]);
  });

  it("tells where a store is", async () => {
    expect(await subgraph.expectData(operation({}))).toEqual({
      storesNear: [{ name: "Hamburg", latitude: 53.55, longitude: 9.99 }],
    });
  });

  it.each([
    { latitude: 90.1 },
    { latitude: -91 },
    { longitude: 180.5 },
    { longitude: -181 },
    { radiusKm: 0 },
    { radiusKm: -1 },
    { radiusKm: 20_001 },
    { radiusKm: 1e308 },
    { first: 0 },
    { first: 101 },
    { first: 1_000_000_000 },
    { latitude: "north" },
  ])("refuses %j", async (variables) => {
    const { errors } = await subgraph.execute(operation(variables));
    expect(errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
  });
});
