// How large an operation may be by its text. The gateway refuses larger ones, so users takes none into lists of partners.
import { type DocumentShape } from "./document-shape.ts";

/** Each has a code of refusal and a setting. */
export const shapeLimits = ["depth", "height", "rootFields", "aliases", "directives"] as const;
export type ShapeLimit = (typeof shapeLimits)[number];
export type ShapeLimits = Record<ShapeLimit, number>;

/** About three times the largest operation of our own clients, see docs/LIMITS.md; GraphiQL's introspection passes. */
export const defaultShapeLimits: ShapeLimits = { depth: 25, height: 500, aliases: 30, rootFields: 20, directives: 50 };

/** A rate limit counts requests: with aliases one request could try a hundred passwords. */
export const mostMutationFields = 10;

export interface ShapeExcess {
  limit: ShapeLimit;
  value: number;
  most: number;
  /** For whoever wrote the operation: what it may have, and what to do. */
  message: string;
}

/** What of a document is above a limit. */
export function shapeExcesses(shape: DocumentShape, limits: ShapeLimits): ShapeExcess[] {
  return shapeLimits.flatMap((limit) => {
    const isBounded = limit === "rootFields" && shape.isMutation;
    const most = isBounded ? Math.min(limits[limit], mostMutationFields) : limits[limit];
    const value = shape[limit];
    return value > most ? [{ limit, value, most, message: messageOf(limit, most, shape) }] : [];
  });
}

function messageOf(limit: ShapeLimit, most: number, { isMutation }: DocumentShape): string {
  switch (limit) {
    case "depth":
      return `An operation may be at most ${most} fields deep; ask for less at once.`;
    case "height":
      return `An operation may have at most ${most} fields, fragments expanded; ask for less at once.`;
    case "aliases":
      return `An operation may have at most ${most} aliases, fragments expanded; send several operations.`;
    case "rootFields":
      return `A ${isMutation ? "mutation" : "query"} may have at most ${most} root fields; send the others in requests of their own.`;
    case "directives":
      return `A document may have at most ${most} directives.`;
  }
}
