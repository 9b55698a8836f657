// What a reviewer wants to know of two trees: which lines came and which went, with what they belong to.

/** Lines of a tree with the lines above them: "Stack x > PrivateBucket state > s3.Bucket state". */
function paths(tree: string): string[] {
  const above: string[] = [];
  return tree
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => {
      const depth = (line.length - line.trimStart().length) / 2;
      above.length = depth;
      above[depth] = line.trim();
      return above.slice(depth > 0 ? 1 : 0).join(" > ");
    });
}

/** "+ …" for what is new in `now`, "- …" for what is gone; empty where both are equal. */
export function treeChanges(before: string, now: string): string[] {
  const [old, fresh] = [new Set(paths(before)), new Set(paths(now))];
  return [
    ...[...fresh].filter((path) => !old.has(path)).map((path) => `+ ${path}`),
    ...[...old].filter((path) => !fresh.has(path)).map((path) => `- ${path}`),
  ];
}
