// Where two answers differ, without what they say there.

/** Names of a GraphQL answer; other keys are values of a scalar, which may be anybody's data. */
const name = /^[_A-Za-z]\w{0,63}$/;

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

function* pathsOf(left: unknown, right: unknown, path: string): Generator<string> {
  if (Object.is(left, right)) return;
  if (!isObject(left) || !isObject(right) || Array.isArray(left) !== Array.isArray(right)) {
    yield path;
    return;
  }
  if (Array.isArray(left) && Array.isArray(right) && left.length !== right.length) yield `${path}.length`;
  const keys = Array.isArray(left)
    ? Array.from({ length: Math.min(left.length, (right as unknown[]).length) }, (_, index) => String(index))
    : new Set([...Object.keys(left), ...Object.keys(right)]);
  for (const key of keys) {
    const shown = Array.isArray(left) || name.test(key) ? key : "*";
    const at = path === "" ? shown : `${path}.${shown}`;
    const ownOf = (side: object): unknown => (Object.hasOwn(side, key) ? side[key as keyof typeof side] : undefined);
    yield* pathsOf(ownOf(left), ownOf(right), at);
  }
}

/**
 * Paths such as `data.items.0.stock`, and `data.items.length` of lists that are not equally long, where elements are
 * compared by their place. Never a value.
 *
 * @param most of them that are given
 */
export function differingPaths(left: unknown, right: unknown, most: number): string[] {
  const found: string[] = [];
  for (const path of pathsOf(left, right, "")) {
    if (found.length >= most) break;
    found.push(path);
  }
  return found;
}
