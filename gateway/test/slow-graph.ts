// A supergraph in which a short document takes seconds to plan: its interface lacks the field `next` in the subgraph that
// has the objects, so the planner goes through all types at each level anew. It stops by itself at 100,000 selections.
import { composeServices } from "@apollo/composition";
import { parse } from "graphql";

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])`;
const types = Array.from({ length: 10 }, (_, index) => `T${index}`);
const typeOf = (name: string) => `type ${name} implements Thing @key(fields: "id") { id: ID! next: Thing }`;

const things = parse(`${link}
  type Query { start: Thing quick: String }
  interface Thing { id: ID! }
  ${types.map(typeOf).join("\n")}`);
const whole = parse(`${link}
  interface Thing { id: ID! next: Thing }
  ${typeOf("Other")}`);

/** @param url of a server that may answer for all of them */
export function slowSupergraph(url: string): string {
  const { supergraphSdl, errors } = composeServices([
    { name: "things", url, typeDefs: things },
    { name: "whole", url, typeDefs: whole },
  ]);
  if (supergraphSdl === undefined) throw new Error(JSON.stringify(errors));
  return supergraphSdl;
}

/** @param depth every level takes ten times as long as the one above */
export function slowDocument(depth: number, name = "Slow"): string {
  const selection = (left: number): string => `{ id ${left === 0 ? "" : `next ${selection(left - 1)}`} }`;
  return `query ${name} { start ${selection(depth)} }`;
}
