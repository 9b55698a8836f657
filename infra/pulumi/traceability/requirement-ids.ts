// The ids of the register, as docs/requirements.md has them: "AWS-1 to AWS-8", "OBS-4, OBS-5".

/** @param page text of docs/requirements.md */
export function requirementIds(page: string): string[] {
  const cells = page.split("\n").flatMap((line) => /^\| ([A-Z]+-\d[^|]*)\|/.exec(line)?.[1] ?? []);
  const ids = cells.flatMap((cell) =>
    [...cell.matchAll(/([A-Z]+)-(\d+)(?: to \1-(\d+))?/g)].flatMap(([, family = "", from = "", to = from]) =>
      Array.from({ length: Number(to) - Number(from) + 1 }, (_, index) => `${family}-${Number(from) + index}`),
    ),
  );
  return [...new Set(ids)];
}
