import { createHash } from "node:crypto";
import { Types } from "mongoose";
import { badUserInput } from "./errors.ts";

/** A value of the sort key: what MongoDB compares within one BSON type. */
export type CursorValue = string | number | boolean | Date;

/** Position in a list: the sort key's value and the id that breaks ties. */
export interface CursorPosition {
  value: CursorValue;
  id: Types.ObjectId;
}

/** Short digest of sort and filter, so that a cursor of another list is refused instead of giving a wrong page. */
export function listDigest(parts: unknown): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("base64url").slice(0, 10);
}

/** Opaque text for clients; `digest` from {@link listDigest}. */
export function encodeCursor({ value, id }: CursorPosition, digest: string): string {
  const plain = value instanceof Date ? { d: value.getTime() } : value;
  return Buffer.from(JSON.stringify([digest, plain, id.toHexString()])).toString("base64url");
}

/** @throws PublicError BAD_USER_INPUT for text that is no cursor, or a cursor of another list */
export function decodeCursor(text: string, digest: string, argument: string): CursorPosition {
  const parts = parseParts(text);
  if (!parts)
    throw badUserInput(`\`${argument}\` is no cursor; use a value of \`pageInfo\` or \`edges.cursor\`.`, [argument]);
  if (parts.digest !== digest) {
    throw badUserInput(`\`${argument}\` belongs to a list with another filter or sort; start again without it.`, [
      argument,
    ]);
  }
  return parts;
}

function parseParts(text: string): (CursorPosition & { digest: string }) | undefined {
  try {
    const [digest, plain, id, ...rest] = JSON.parse(Buffer.from(text, "base64url").toString("utf8")) as unknown[];
    const value = plainValue(plain);
    if (typeof digest !== "string" || typeof id !== "string" || value === undefined || rest.length > 0)
      return undefined;
    return /^[0-9a-f]{24}$/.test(id) ? { digest, value, id: new Types.ObjectId(id) } : undefined;
  } catch {
    return undefined;
  }
}

/** Only plain values pass: an object would become a query operator. */
function plainValue(plain: unknown): CursorValue | undefined {
  if (typeof plain === "string" || typeof plain === "number" || typeof plain === "boolean") return plain;
  const milliseconds = typeof plain === "object" && plain !== null ? (plain as { d?: unknown }).d : undefined;
  return typeof milliseconds === "number" && Number.isFinite(milliseconds) ? new Date(milliseconds) : undefined;
}
