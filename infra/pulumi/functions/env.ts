// The only reader of the environment in functions.

/**
 * @param name of a variable that the stack sets
 * @throws where it is missing: the stack and the function do not fit
 */
export function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === "") throw new Error(`${name} is missing`);
  return value;
}
