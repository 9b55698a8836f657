// Regions we run in. A name here is allowed by settings and by policy.

export const regions = ["us-east-1", "us-west-2", "eu-west-1", "eu-central-1"] as const;
export type Region = (typeof regions)[number];

/** Letters of the zones that every account has there; which place a letter stands for, AWS draws for each account. */
const letters: Record<Region, string[]> = {
  "us-east-1": ["a", "b", "c", "d", "e", "f"],
  "us-west-2": ["a", "b", "c", "d"],
  "eu-west-1": ["a", "b", "c"],
  "eu-central-1": ["a", "b", "c"],
};

/**
 * The first zones of a region.
 * @param avoided letter of one that is not to be used: CloudFront reaches no load balancer in the place use1-az3, and newer
 * classes of databases are not there either (docs/OPERATIONS.md, first deploy); empty where all may be
 */
export const zonesOf = (region: Region, count: 1 | 2 | 3, avoided = ""): string[] =>
  letters[region]
    .filter((letter) => letter !== avoided)
    .slice(0, count)
    .map((letter) => `${region}${letter}`);
