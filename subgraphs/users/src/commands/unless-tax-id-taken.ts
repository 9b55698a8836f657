import { mongo } from "mongoose";
import { invalidInput, type UserErrorRecord } from "../user-errors.ts";

/**
 * What a command that writes a company answers when another company of the tenant has the tax id: a thing to put right.
 *
 * @example companyCreate = (tools, input) => unlessTaxIdTaken(create(tools, input))
 */
export async function unlessTaxIdTaken<T extends { userErrors: UserErrorRecord[] }>(
  written: Promise<T>,
): Promise<T | { userErrors: UserErrorRecord[] }> {
  try {
    return await written;
  } catch (error) {
    const isTaken = error instanceof mongo.MongoServerError && error.code === 11000;
    if (!isTaken || !Object.hasOwn((error.keyPattern ?? {}) as object, "taxIdIndex")) throw error;
    return { userErrors: [invalidInput("taxId", "Another company has this tax id already.")] };
  }
}
