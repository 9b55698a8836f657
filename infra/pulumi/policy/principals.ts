// Whom statements of policies name.

export const listOf = <One>(value: One | One[] | undefined): One[] =>
  value === undefined ? [] : ([value].flat() as One[]);

/** The account of a principal: of an ARN, or of a bare id; undefined where it is neither. */
export const accountOf = (principal: string): string | undefined =>
  /^(?:arn:[^:]+:(?:iam|sts)::)?(\d{12})(?::|$)/.exec(principal)?.[1];

/** "*", {"AWS": "*"} or a list with it: everybody who has an account at AWS, and for some services everybody. */
export const isEverybody = (principal: unknown): boolean =>
  principal === "*" ||
  (typeof principal === "object" && principal !== null && Object.values(principal).flat().includes("*"));
