/** "8.0.17" → 8. */
export function majorOf(version: string): number {
  const major = Number.parseInt(version, 10);
  if (Number.isNaN(major)) throw new Error(`"${version}" is not a version`);
  return major;
}

/** Compares by number, part by part: isAtLeast("10.0.1", "7.0") is true. */
export function isAtLeast(version: string, minimum: string): boolean {
  const wanted = minimum.split(".").map(Number);
  const actual = version.split(/[.-]/).map((part) => Number.parseInt(part, 10) || 0);
  for (const [index, part] of wanted.entries()) {
    const difference = (actual[index] ?? 0) - part;
    if (difference !== 0) return difference > 0;
  }
  return true;
}
