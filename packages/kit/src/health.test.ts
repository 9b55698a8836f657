import { expect, it } from "vitest";
import { createHealth } from "./health.ts";

it("asks a dependency once for all who ask at one moment, and again for who asks later", async () => {
  let asked = 0;
  const check = () => Promise.resolve((asked += 1));
  const { ready } = createHealth({ dependencies: [{ name: "database", required: true, check }] });
  const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => ready(n % 2 === 0)));
  expect([asked, new Set(answers.map(({ status }) => status))]).toEqual([1, new Set([200])]);
  await ready(false);
  expect(asked).toBe(2);
});
