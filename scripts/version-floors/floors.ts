// The oldest versions that may run, and why. Below a floor with `until` an older line may stay that has its own fix.

export interface Floor {
  name: string;
  least: string;
  why: string;
}

export interface Found {
  name: string;
  version: string;
  /** File it was found in. */
  where: string;
}

const federation = "CVE-2026-32621, prototype pollution by aliases and variables";

export const floors: Floor[] = [
  { name: "node", least: "26.0.0", why: "requirement OPS-1" },
  { name: "mongo", least: "7.0.0", why: "requirement OPS-1" },
  { name: "redis", least: "7.0.0", why: "requirement OPS-1" },
  { name: "@apollo/gateway", least: "2.13.2", why: federation },
  { name: "@apollo/query-planner", least: "2.13.2", why: federation },
  { name: "@apollo/federation-internals", least: "2.13.2", why: federation },
  { name: "@apollo/composition", least: "2.13.2", why: "GHSA-mx7m-j9xf-62hw, access control bypassed by interfaces" },
  { name: "@apollo/server", least: "5.5.0", why: "GHSA-9q82-xgwf-vj6h, CSRF prevention bypassed" },
  { name: "graphql", least: "16.15.0", why: "CVE-2023-26144 and its form with inline fragments" },
  { name: "mongoose", least: "9.9.2", why: "sanitizeFilter skipped by countDocuments and cursors" },
  { name: "migrate-mongo", least: "11.0.0", why: "requirement MIG-1" },
  { name: "ioredis", least: "5.0.0", why: "requirement CACHE-1: cluster mode with Redis 7" },
];

const numbers = (version: string) => version.split("-")[0]?.split(".").map(Number) ?? [];

/** Whether version `a` is older than `b`; "8" counts as 8.0.0. */
export function isOlder(a: string, b: string): boolean {
  const [left, right] = [numbers(a), numbers(b)];
  for (let place = 0; place < 3; place += 1) {
    const difference = (left[place] ?? 0) - (right[place] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

/** Lines about every copy below its floor, and about floors of things that are not there. */
export function tooOld(found: Found[]): string[] {
  return floors.flatMap(({ name, least, why }) => {
    const copies = found.filter((one) => one.name === name);
    if (copies.length === 0) return [`${name}: not found, so nobody knows its version (at least ${least}: ${why})`];
    return copies
      .filter(({ version }) => isOlder(version, least))
      .map(({ version, where }) => `${name} ${version} in ${where}: at least ${least} (${why})`);
  });
}
