import { Types } from "mongoose";
import { badUserInput } from "./errors.ts";

/** The graph-wide id of a thing: base64url of `Type:id`, accepted by `node(id:)` only (ruling 6). */
export const toNodeId = (typeName: string, id: string): string =>
  Buffer.from(`${typeName}:${id}`).toString("base64url");

/** @throws PublicError BAD_USER_INPUT when the text is no node id */
export function fromNodeId(nodeId: string): { typeName: string; id: string } {
  const [typeName, id, rest] = Buffer.from(nodeId, "base64url").toString("utf8").split(":");
  // A thing that comes of two others, such as an inherited membership, has the ids of both.
  if (!typeName || !id || rest !== undefined || !/^[0-9a-f]{24}(-[0-9a-f]{24})?$/.test(id)) {
    throw badUserInput("This is no node id; use the value of a `nodeId` field.", ["id"]);
  }
  return { typeName, id };
}

/** 24 hexadecimal digits; mongoose would also take any 12 characters. */
export const isObjectIdText = (text: string): boolean => /^[0-9a-f]{24}$/.test(text);

/** @throws PublicError BAD_USER_INPUT when the text is no id; `field` names the argument */
export function toObjectId(text: string, field = "id"): Types.ObjectId {
  if (!isObjectIdText(text)) throw badUserInput(`\`${field}\` must be an id of 24 hexadecimal digits.`, [field]);
  return new Types.ObjectId(text);
}
