// Names of restricted fields (see data-class.ts) that no log line shows, wherever a program logs an object that has them. A
// walking test holds the list against the models.

/** Restricted fields by the last step of their path. */
export const redactedNames: ReadonlySet<string> = new Set([
  ...["billingAddress", "contactEmail", "email", "emailHash", "emailLower", "firstName", "keyHash", "lastName"],
  ...["passwordHash", "phone", "shippingAddress", "street", "taxId", "taxIdIndex", "tokenHash", "wrapped", "zip"],
]);

export const censor = "[redacted]";

/** Objects inside objects that are looked through; a line goes no deeper. */
const deepest = 4;

/**
 * The same object unless it has something to hide: then a copy without it. Errors and other things with a class are left to
 * their serializers.
 */
export function withoutRestricted<T extends object>(value: T, depth = 0): T {
  let copy: Record<string, unknown> | undefined;
  for (const [name, inner] of Object.entries(value)) {
    const next = redactedNames.has(name)
      ? censor
      : isPart(inner) && depth < deepest
        ? withoutRestricted(inner, depth + 1)
        : inner;
    if (next === inner || inner === undefined) continue;
    copy ??= (Array.isArray(value) ? [...(value as unknown[])] : { ...value }) as Record<string, unknown>;
    copy[name] = next;
  }
  return (copy as T | undefined) ?? value;
}

function isPart(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || Array.isArray(value);
}
