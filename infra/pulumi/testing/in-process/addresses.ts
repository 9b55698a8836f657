// Blocks of IPv4 addresses, for tests on networks.

export interface Block {
  first: number;
  last: number;
}

/** @param cidr "10.0.0.0/16" */
export function blockOf(cidr: string): Block {
  const [address = "", bits = "32"] = cidr.split("/");
  const first = address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  return { first, last: first + 2 ** (32 - Number(bits)) - 1 };
}

export const contains = (outer: Block, inner: Block): boolean => outer.first <= inner.first && inner.last <= outer.last;

/** Pairs that share an address. */
export const overlaps = (cidrs: string[]): string[] =>
  cidrs.flatMap((one, index) =>
    cidrs
      .slice(index + 1)
      .filter((other) => {
        const [a, b] = [blockOf(one), blockOf(other)];
        return a.first <= b.last && b.first <= a.last;
      })
      .map((other) => `${one} and ${other}`),
  );
