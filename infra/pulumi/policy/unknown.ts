// Values that are not known before the plan is carried out: reading one throws, and that ends a rule.
import * as proxy from "@pulumi/policy/proxy.js";

/** The library exports both and leaves them out of its types. */
export const { UnknownValueError, unknownCheckingProxy } = proxy as unknown as {
  UnknownValueError: new (...args: never[]) => Error;
  unknownCheckingProxy: <Props extends object>(props: Props) => Props;
};

/**
 * Whether a field is set; a list without members sets nothing. One that refers to a resource yet to be made is: at a preview its value is not known, and reading
 * it would end the rule before its other checks.
 */
export function isSet(read: () => unknown): boolean {
  try {
    const value = read();
    if (Array.isArray(value)) return value.length > 0;
    return value !== undefined && value !== null && value !== "";
  } catch (error) {
    if (error instanceof UnknownValueError) return true;
    throw error;
  }
}

/** The value, or undefined while nobody can know it. */
export function known<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof UnknownValueError) return undefined;
    throw error;
  }
}
