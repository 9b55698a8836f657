import { expect, test } from "vitest";
import { listChanges } from "./list-changes.ts";

const version = (name: string, activatedAt: string | null, operations: Record<string, string>) => ({
  ...{ id: name, name, activatedAt, retiredAt: null },
  operations: Object.entries(operations).map(([key, textHash]) => {
    const [operation = "", operationId = operation] = key.split(" ");
    return { name: operation, operationId, textHash };
  }),
});

const told = (changes: ReturnType<typeof listChanges>) =>
  changes.map(({ name, event, added, changed, removed }) => [
    `${name} ${event}`,
    ...added.map((one) => `+${one}`),
    ...changed.map((one) => `~${one}`),
    ...removed.map((one) => `-${one}`),
  ]);
const ended = (one: ReturnType<typeof version>, retiredAt: string) => ({ ...one, retiredAt });

test("lists that are active together add up, and none takes away what another has", () => {
  const changes = listChanges([
    version("part-2", "2026-01-02T00:00:00Z", { B: "1" }),
    version("part-1", "2026-01-01T00:00:00Z", { A: "1" }),
  ]);
  expect(told(changes)).toEqual([
    ["part-2 activated", "+B"],
    ["part-1 activated", "+A"],
  ]);
  expect(changes[0]?.at).toBe("2026-01-02T00:00:00Z");
});

test("one that replaces another is told when it comes, and what the other alone had when that ends", () => {
  const changes = listChanges([
    version("new", "2026-02-01T00:00:00Z", { A: "2", C: "1" }),
    ended(version("old", "2026-01-01T00:00:00Z", { A: "1", B: "1" }), "2026-03-01T00:00:00Z"),
  ]);
  expect(told(changes)).toEqual([
    ["old retired", "-B"],
    ["new activated", "+C", "~A"],
    ["old activated", "+A", "+B"],
  ]);
});

test("the end of a list that another had all operations of changes nothing, and one in the same moment as well", () => {
  const moment = "2026-02-01T00:00:00Z";
  const changes = listChanges([
    version("new", moment, { A: "1" }),
    ended(version("old", "2026-01-01T00:00:00Z", { A: "1" }), moment),
  ]);
  expect(told(changes)).toEqual([["old retired"], ["new activated"], ["old activated", "+A"]]);
});

test("an operation that comes back by the end of a newer list is a change", () => {
  const changes = listChanges([
    ended(version("new", "2026-02-01T00:00:00Z", { A: "2" }), "2026-03-01T00:00:00Z"),
    version("old", "2026-01-01T00:00:00Z", { A: "1" }),
  ]);
  expect(told(changes)).toEqual([
    ["new retired", "~A"],
    ["new activated", "~A"],
    ["old activated", "+A"],
  ]);
});

test("pending versions are told beside what counts now and not beside each other", () => {
  const changes = listChanges([
    version("next", null, { A: "1", B: "1" }),
    version("other", null, { C: "1" }),
    version("now", "2026-01-01T00:00:00Z", { A: "1" }),
  ]);
  expect(told(changes).slice(0, 2)).toEqual([
    ["next pending", "+B"],
    ["other pending", "+C"],
  ]);
  expect(changes[0]?.at).toBeNull();
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
