import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startTestGateway, type TestGateway } from "./start-gateway.ts";

let test: TestGateway;
beforeAll(async () => {
  test = await startTestGateway();
});
afterAll(() => test.stop());
beforeEach(() => {
  test.opinions.received.length = 0;
});

const guesses = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => `g${from + index}: rate(id: "${index}")`).join(" ");

describe("root fields of a mutation", () => {
  it("lets ten run", async () => {
    const { status, body } = await test.post({ query: `mutation { ${guesses(10)} }` });
    expect(status).toBe(200);
    expect(Object.keys(body.data ?? {})).toHaveLength(10);
  });

  it.each([
    ["eleven aliases", `mutation { ${guesses(11)} }`],
    ["a hundred guesses of a password", `mutation { ${guesses(100)} }`],
    ["a fragment", `mutation { ...Guess } fragment Guess on Mutation { ${guesses(11)} }`],
    [
      "fragments in fragments",
      `mutation { ${guesses(4)} ...A } fragment A on Mutation { ${guesses(4, 4)} ...B } fragment B on Mutation { ${guesses(3, 8)} }`,
    ],
    ["inline fragments", `mutation { ...on Mutation { ${guesses(6)} } ... { ${guesses(5, 6)} } }`],
    ["one of several operations", `query Q { latest } mutation M { ${guesses(11)} }`, "M"],
  ])("refuses more in %s, before a subgraph is asked", async (_name, query, operationName?: string) => {
    const { status, body } = await test.post({ query, operationName });
    expect(status).toBe(400);
    expect(body.data).toBeUndefined();
    expect(body.errors).toMatchObject([
      { message: expect.stringContaining("at most 10 ") as string, extensions: { code: "MAX_ROOT_FIELDS_LIMIT" } },
    ]);
    expect(test.opinions.received).toEqual([]);
  });

  it("counts what runs: a fragment spread twice answers once", async () => {
    const query = `mutation { ...Six ...Six ${guesses(6)} } fragment Six on Mutation { ${guesses(6)} }`;
    expect((await test.post({ query })).status).toBe(200);
  });

  it("leaves queries alone", async () => {
    const fields = Array.from({ length: 11 }, (_, index) => `l${index}: latest`).join(" ");
    expect((await test.post({ query: `{ ${fields} }` })).status).toBe(200);
    const beside = await test.post({ query: `query Q { latest } mutation M { ${guesses(11)} }`, operationName: "Q" });
    expect(beside.body).toEqual({ data: { latest: "fine" } });
  });

  it("are not counted with the guard off", async () => {
    const open = await startTestGateway({ guardsOff: ["limits"] });
    const { status, body } = await open.post({ query: `mutation { ${guesses(11)} }` });
    await open.stop();
    expect(status).toBe(200);
    expect(Object.keys(body.data ?? {})).toHaveLength(11);
  });
});
