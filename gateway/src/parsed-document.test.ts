import { parse } from "graphql";
import { describe, expect, it } from "vitest";
import { createDocumentStore, documentBytes, rememberDocuments } from "./parsed-document.ts";

const documentOf = (name: string, fields: number) =>
  parse(`query ${name} { ${Array.from({ length: fields }, (_, n) => `field${n}`).join(" ")} }`);

describe("documents for Apollo Server", () => {
  it("are given back until somebody takes them away", async () => {
    const store = createDocumentStore();
    const document = documentOf("One", 3);
    await store.set("one", document);
    expect(await store.get("one")).toBe(document);
    expect(await store.delete("one")).toBe(true);
    expect(await store.get("one")).toBeUndefined();
  });

  it("that were not asked for longest go before 32 MiB are held", async () => {
    const store = createDocumentStore();
    const document = documentOf("Long", 1_900);
    const fit = Math.floor((32 * 1024 * 1024) / documentBytes(document));
    expect(fit).toBeLessThan(60);
    for (let number = 0; number <= fit; number += 1) await store.set(`Q${number}`, document);
    expect(await store.get("Q0")).toBeUndefined();
    expect(await store.get(`Q${fit}`)).toBe(document);
  });
});

describe("a remembered text", () => {
  it("is read once, also when nothing can be read of it", () => {
    const read: string[] = [];
    const readText = rememberDocuments((document, text) => {
      read.push(text);
      return text.includes("bad") ? undefined : { document };
    });
    const first = readText("{ a }", undefined);
    expect(readText("{ a }", undefined)).toBe(first);
    expect([readText("{ bad }", undefined), readText("{ bad }", undefined)]).toEqual([undefined, undefined]);
    expect(readText("{ no end", undefined)).toBeUndefined();
    expect(read).toEqual(["{ a }", "{ bad }"]);
  });

  it("is another one under another name, whatever stands in the name", () => {
    const readText = rememberDocuments((document, _text, operationName) => ({ document, operationName }));
    expect(readText("{ a }", "A")?.operationName).toBe("A");
    expect(readText("{ a }", undefined)?.operationName).toBeUndefined();
    expect(readText("{ b }", '"A"\n{ a }')?.operationName).toBe('"A"\n{ a }');
    expect(readText("{ a }", "A")?.operationName).toBe("A");
  });
});
