// Network addresses: which form they are compared in, and which belong to a network.
import { BlockList, isIP } from "node:net";

/** An address or a network as {@link readNetwork} understood it. */
interface Network {
  address: string;
  family: "ipv4" | "ipv6";
  prefix: number;
}

/** IPv4 inside IPv6 (`::ffff:192.0.2.1`) becomes IPv4, zones go: one client has one address. */
export function normaliseAddress(address: string): string | undefined {
  const [plain = ""] = address.toLowerCase().split("%");
  const [, mapped] = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(plain) ?? [];
  const text = mapped ?? plain;
  if (isIP(text) === 4) return text;
  // The URL parser knows the shortest way to write an IPv6 address, and mapped ones in hexadecimal too.
  if (isIP(text) === 6) return unmapped(new URL(`http://[${text}]`).hostname.slice(1, -1));
  return undefined;
}

function unmapped(address: string): string {
  const [, high, low] = /^::ffff:([\da-f]{1,4}):([\da-f]{1,4})$/.exec(address) ?? [];
  if (high === undefined || low === undefined) return address;
  const [upper, lower] = [Number.parseInt(high, 16), Number.parseInt(low, 16)];
  return [upper >> 8, upper & 255, lower >> 8, lower & 255].join(".");
}

function readNetwork(text: string): Network | undefined {
  const [written = "", length, rest] = text.split("/");
  const address = normaliseAddress(written);
  // `::ffff:192.0.2.0/120` would mean other bits than its normalised address.
  if (address === undefined || rest !== undefined || written.includes("%")) return undefined;
  const family = isIP(address) === 4 ? "ipv4" : "ipv6";
  if (length !== undefined && family === "ipv4" && written.includes(":")) return undefined;
  const bits = family === "ipv4" ? 32 : 128;
  const prefix = length === undefined ? bits : Number(length);
  if (length !== undefined && (!/^\d{1,3}$/.test(length) || prefix > bits)) return undefined;
  return { address, family, prefix };
}

/** Whether this is an address or a network in CIDR notation, such as `192.0.2.0/24` or `2001:db8::1`. */
export const isNetwork = (text: string): boolean => readNetwork(text) !== undefined;

/** Tells whether a normalised address lies in one of the networks. @throws Error for a text that is no network */
export function networkMatcher(networks: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const text of networks) {
    const network = readNetwork(text);
    if (!network) throw new Error(`${text} is no network address.`);
    list.addSubnet(network.address, network.prefix, network.family);
  }
  return (address) => isIP(address) !== 0 && list.check(address, isIP(address) === 4 ? "ipv4" : "ipv6");
}

/** What counts as one client: of IPv6 it has 2^64 addresses, all with the same first half. */
export function networkOf(address: string | undefined): string {
  if (address === undefined) return "unknown";
  const plain = normaliseAddress(address) ?? address;
  return isIP(plain) === 6 ? groupsOf(plain).slice(0, 4).join(":") : plain;
}

/** Providers give a customer up to so much of IPv6: /48. @returns undefined for IPv4 */
export function siteOf(address: string): string | undefined {
  const plain = normaliseAddress(address) ?? address;
  return isIP(plain) === 6 ? groupsOf(plain).slice(0, 3).join(":") : undefined;
}

function groupsOf(address: string): string[] {
  const [head = "", tail = ""] = address.split("::");
  const [first, last] = [head, tail].map((part) => (part === "" ? [] : part.split(":"))) as [string[], string[]];
  const gap = address.includes("::") ? Array.from({ length: 8 - first.length - last.length }, () => "0") : [];
  return [...first, ...gap, ...last];
}
