import { expect, test } from "vitest";
import { listChanges } from "./list-changes.ts";

const version = (name: string, activatedAt: string | null, operations: Record<string, string>) => ({
  ...{ id: name, name, activatedAt, retiredAt: null },
  operations: Object.entries(operations).map(([key, textHash]) => {
    const [operation = "", operationId = operation] = key.split(" ");
    return { name: operation, operationId, textHash };
  }),
});

test("a version is told by what the one before had not", () => {
  const changes = listChanges([
    version("3", "2026-03-01T00:00:00Z", { A: "1", B: "2", D: "4" }),
    version("2", "2026-02-01T00:00:00Z", { A: "1", B: "1", C: "1" }),
    version("1", "2026-01-01T00:00:00Z", { A: "1" }),
  ]);
  expect(changes.map(({ added, changed, removed }) => ({ added, changed, removed }))).toEqual([
    { added: ["D"], changed: ["B"], removed: ["C"] },
    { added: ["B", "C"], changed: [], removed: [] },
    { added: ["A"], changed: [], removed: [] },
  ]);
});

test("pending versions are compared with what counts and not with each other", () => {
  const [next, other] = listChanges([
    version("next", null, { A: "1", B: "1" }),
    version("other", null, { C: "1" }),
    version("now", "2026-01-01T00:00:00Z", { A: "1" }),
  ]);
  expect(next).toMatchObject({ added: ["B"], removed: [], activatedAt: null });
  expect(other).toMatchObject({ added: ["C"], removed: ["A"] });
});

test("another id is a change, and so is a second operation of the name", () => {
  const from = (operations: Record<string, string>) =>
    listChanges([
      version("2", "2026-02-01T00:00:00Z", operations),
      version("1", "2026-01-01T00:00:00Z", { "A x": "1" }),
    ])[0];
  expect(from({ "A y": "1" })).toMatchObject({ changed: ["A"] });
  expect(from({ "A x": "1", "A y": "2" })).toMatchObject({ changed: ["A"], added: [] });
  expect(from({ "A x": "1" })).toMatchObject({ changed: [] });
});

test("without versions there are no changes", () => {
  expect(listChanges([])).toEqual([]);
});
