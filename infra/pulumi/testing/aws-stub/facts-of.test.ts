import { describe, expect, it } from "vitest";
import { readKind } from "../aws-schema/read-kind.ts";
import { facts } from "./facts-of.ts";
import { idOf, outputsOf } from "./outputs.ts";

const tokenOf = (kind: string) => {
  const [service = "", name = ""] = kind.split(".");
  return `aws:${service}/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`;
};

describe.each(Object.entries(facts))("facts of %s", (name, { replaces = [], named, id, answers }) => {
  const kind = readKind(tokenOf(name));

  it("name a kind that there is, and fields that it has", () => {
    expect(Object.keys(kind?.inputs ?? {})).toEqual(expect.arrayContaining(replaces));
    if (named) expect(kind?.inputs[named]).toBeDefined();
    if (typeof id === "object" && "input" in id) expect(kind?.inputs[id.input]).toBeDefined();
    expect(Object.keys(kind?.outputs ?? {})).toEqual(expect.arrayContaining(Object.keys(answers?.({}, "0") ?? {})));
  });

  it("give an id and outputs that are all known", () => {
    if (!kind) throw new Error("no such kind");
    const inputs = Object.fromEntries(
      Object.entries(kind.inputs).flatMap(([field, { shape }]) =>
        shape === "string" ? [[field, `given-${field}`]] : [],
      ),
    );
    const resource = {
      token: tokenOf(name),
      urn: "urn:x",
      kind,
      inputs,
      place: { account: "111111111111", region: "us-east-1" },
    };
    const made = idOf(resource);
    const outputs = outputsOf(resource, made);
    expect(made).not.toMatch(/undefined|[{}]/);
    expect(JSON.stringify(outputs)).not.toMatch(/undefined|\{(?:name|id)\}/);
    if (typeof outputs["arn"] === "string" && !kind.inputs["arn"])
      expect(outputs["arn"]).toMatch(/^arn:aws:[\w-]+:[\w-]*:\d*:.+/);
  });
});
