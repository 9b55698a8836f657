import { badUserInput } from "./errors.ts";
import { isObjectIdText } from "./node-id.ts";

/**
 * The supergraph drops `@oneOf` (its planner does not know it), so inputs that want exactly one field are checked here as
 * well. A field called `id` must be an id.
 *
 * @throws PublicError BAD_USER_INPUT
 */
export function exactlyOne<T extends object>(input: T): T {
  const given = Object.entries(input).filter(([, value]) => value !== null && value !== undefined);
  const names = Object.keys(input).map((name) => `\`${name}\``);
  if (given.length !== 1)
    throw badUserInput(`Give exactly one of the fields${names.length > 0 ? `, not ${names.join(" and ")}` : ""}.`, [
      "by",
    ]);
  const [[name, value] = []] = given;
  if (name === "id" && !isObjectIdText(String(value)))
    throw badUserInput("`id` must be an id of 24 hexadecimal digits.", ["by", "id"]);
  return input;
}
