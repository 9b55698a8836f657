import * as conventions from "@opentelemetry/semantic-conventions/incubating";
import { describe, expect, it } from "vitest";
import { conventionalAttributes, ownAttributes } from "./trace-attributes.ts";

const known = new Set<unknown>(
  Object.entries(conventions).flatMap(([name, value]) => (name.startsWith("ATTR_") ? [value] : [])),
);

describe("attributes of spans", () => {
  it.each(conventionalAttributes)("%s is a name of the semantic conventions", (name) => {
    expect(known).toContain(name);
  });

  it.each(ownAttributes)("%s is a name of ours that stands for nothing else there", (name) => {
    expect(known).not.toContain(name);
  });

  it("have no place for what callers write or who they are", () => {
    const all: readonly string[] = [...conventionalAttributes, ...ownAttributes];
    const personal = ["client.address", "db.query.text", "enduser.id", "graphql.document", "url.query"];
    expect(all.filter((name) => personal.includes(name) || name.startsWith("http.request.header"))).toEqual([]);
  });
});
