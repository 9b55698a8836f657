import { expect, it } from "vitest";
import { listOperations } from "./listed-operations.ts";
import { type PersistedOperation } from "./operation-list.ts";

/** Operations that count how often their texts are read. */
function countedOperations(count: number) {
  const reads = { count: 0 };
  const operations = Array.from({ length: count }, (_, n): PersistedOperation => ({
    ...{ id: `id${n}`, name: `Q${n}`, type: "query" },
    get body() {
      reads.count += 1;
      return `query Q${n} { ${Array.from({ length: 40 }, (_field, field) => `field${field} { id name }`).join(" ")} }`;
    },
  }));
  return { operations, reads };
}

it("reads texts in turns with other work, and once", async () => {
  const { operations, reads } = countedOperations(300);
  const list = listOperations({ owner: "apps", version: "1", operations });
  const order: string[] = [];
  const done = list.readTexts().then(() => order.push("read"));
  setImmediate(() => order.push("other"));
  await done;
  expect(order).toEqual(["other", "read"]);
  const before = reads.count;
  expect(list.findByText(`# a comment\n${operations[299]?.body ?? ""}`)?.id).toBe("id299");
  await list.readTexts();
  expect(reads.count).toBe(before + 1);
});

it("finds a text that is looked for before all are read", async () => {
  const { operations } = countedOperations(300);
  const list = listOperations({ owner: "apps", version: "1", operations });
  const done = list.readTexts();
  expect(list.findByText(operations[299]?.body ?? "")?.id).toBe("id299");
  expect(list.findByText("query Other { field0 { id } }")).toBeUndefined();
  await done;
  expect(list.findByText(operations[0]?.body ?? "")?.id).toBe("id0");
});
