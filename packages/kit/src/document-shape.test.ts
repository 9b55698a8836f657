import process from "node:process";
import { getIntrospectionQuery, parse } from "graphql";
import { describe, expect, it } from "vitest";
import { documentShape } from "./document-shape.ts";
import { defaultShapeLimits, shapeLimits } from "./shape-limits.ts";
import { largest } from "./saturating.ts";

const shapeOf = (query: string, name?: string) => documentShape(parse(query), name);

describe("the shape of a document", () => {
  it("counts depth, fields, aliases, root fields and directives", () => {
    expect(shapeOf(`{ a { b: c { d } } e @skip(if: true) e }`)).toEqual({
      ...{ depth: 3, height: 5, aliases: 1, rootFields: 2, directives: 1, isMutation: false },
    });
  });

  it("expands fragments, as often as they are spread", () => {
    const shape = shapeOf(`{ a { ...F } b { ...F } } fragment F on T { x: c { d } ... on U { e @live } }`);
    expect(shape).toEqual({ depth: 3, height: 8, aliases: 2, rootFields: 2, directives: 1, isMutation: false });
  });

  it("counts all operations, but the root fields of the one that runs", () => {
    const text = `query A { a { b } } mutation M { c d e }`;
    expect(shapeOf(text, "A")).toMatchObject({ depth: 2, height: 5, rootFields: 1, isMutation: false });
    expect(shapeOf(text, "M")).toMatchObject({ depth: 2, height: 5, rootFields: 3, isMutation: true });
    expect(shapeOf(text)).toMatchObject({ depth: 2, height: 5, rootFields: 0 });
  });

  it("measures fragments that double in each step once", () => {
    const chain = (steps: number) =>
      `{ ...F0 } ${Array.from({ length: steps }, (_, step) => `fragment F${step} on Q { ...F${step + 1} ...F${step + 1} }`).join(" ")} fragment F${steps} on Q { x: a }`;
    // Work, not time by the clock: that of others on the machine does not count.
    const begun = process.threadCpuUsage();
    expect(shapeOf(chain(20))).toMatchObject({ depth: 1, height: 2 ** 20, aliases: 2 ** 20, rootFields: 1 });
    expect(shapeOf(chain(100))).toMatchObject({ depth: 1, height: largest, aliases: largest, rootFields: 1 });
    expect(process.threadCpuUsage(begun).user).toBeLessThan(100_000);
  });

  it("ends in cycles, which validation refuses", () => {
    const shape = shapeOf(`{ a { ...A } } fragment A on T { b { ...B } ...A } fragment B on T { c { ...A } }`);
    expect(shape).toMatchObject({ depth: 3, height: 3 });
  });

  it("counts the fields of fragments that nobody spreads, because they are validated too", () => {
    expect(shapeOf(`{ a } fragment F on T { b { c d } b { c } }`)).toMatchObject({ depth: 1, height: 6 });
    expect(shapeOf(`{ a } fragment F on T { ...F b { c } }`)).toMatchObject({ depth: 1, height: 3 });
  });

  it("lets introspection by tools pass", () => {
    const options = {
      descriptions: true,
      specifiedByUrl: true,
      directiveIsRepeatable: true,
      schemaDescription: true,
      inputValueDeprecation: true,
      oneOf: true,
    };
    const shape = shapeOf(getIntrospectionQuery(options));
    for (const limit of shapeLimits) expect(shape[limit]).toBeLessThanOrEqual(defaultShapeLimits[limit]);
    expect(shape.depth).toBeGreaterThan(12);
  });
});
