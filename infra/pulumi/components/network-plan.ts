// Which addresses belong to which subnet. Pure arithmetic, so that it can be proven: subnets never overlap.

export interface SubnetPlan {
  /** NAT gateways alone: reachable from the Internet. */
  public: string;
  /** Tasks: reach the Internet by NAT, are not reachable from it. */
  private: string;
  /** Database, cache, files: neither. */
  isolated: string;
}

export type Tier = keyof SubnetPlan;
export const tiers = ["public", "private", "isolated"] as const satisfies Tier[];

/** A quarter of the network for each zone: the most there may be. */
export const MOST_ZONES = 4;

/**
 * Three subnets for each zone. A zone has a quarter of the network: the first half of it is private; of the second half,
 * public and isolated have a quarter each and the rest stays free. 10.0.0.0/16 gives /19, /21 and /21. A zone that joins
 * later moves none of the others.
 * @param cidr between /16 and /23, as AWS's smallest subnet is /28 (VPC guide, "Subnet CIDR blocks")
 * @throws where the block is none, has bits set behind its prefix, or is too small or too large
 */
export function planSubnets(cidr: string, zones: number): SubnetPlan[] {
  const { start, prefix } = parseCidr(cidr);
  if (prefix < 16 || prefix > 23) throw new Error(`${cidr}: a VPC of ours is between /16 and /23`);
  if (!Number.isInteger(zones) || zones < 1 || zones > MOST_ZONES) throw new Error(`${zones} zones, not 1 to 4`);
  return Array.from({ length: zones }, (_, zone) => {
    const quarter = start + zone * sizeOf(prefix + 2);
    const second = quarter + sizeOf(prefix + 3);
    return {
      public: format(second, prefix + 5),
      private: format(quarter, prefix + 3),
      isolated: format(second + sizeOf(prefix + 5), prefix + 5),
    };
  });
}

/** How many addresses a block of this prefix has. */
const sizeOf = (prefix: number) => 2 ** (32 - prefix);

/**
 * First address as a number, length of the prefix, number of addresses.
 * @throws where it is no block, or does not begin where its prefix says
 */
export function parseCidr(cidr: string): { start: number; prefix: number; size: number } {
  const [, address = "", length = ""] = /^(\d+(?:\.\d+){3})\/(\d+)$/.exec(cidr) ?? [];
  const bytes = address.split(".").map(Number);
  const prefix = Number(length);
  const start = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
  const isBlock = bytes.length === 4 && bytes.every((byte) => byte <= 255) && prefix <= 32;
  if (!isBlock || start % sizeOf(prefix) !== 0) throw new Error(`"${cidr}" is no block of addresses`);
  return { start, prefix, size: sizeOf(prefix) };
}

const format = (start: number, prefix: number) =>
  `${[24, 16, 8, 0].map((bits) => Math.floor(start / 2 ** bits) % 256).join(".")}/${prefix}`;
