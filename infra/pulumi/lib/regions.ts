// Regions we run in. A name here is allowed by settings and by policy.

export const regions = ["us-east-1", "us-west-2", "eu-west-1", "eu-central-1"] as const;
export type Region = (typeof regions)[number];

/** The first zones of a region. All four have a, b and c for every account. */
export const zonesOf = (region: Region, count: 1 | 2 | 3): string[] =>
  ["a", "b", "c"].slice(0, count).map((letter) => `${region}${letter}`);
