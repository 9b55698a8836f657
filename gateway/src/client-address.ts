// The network address of whoever calls. It goes into the signed viewer and nowhere else: fetches that a cache may share
// are made without it, or everybody would have a cache of their own.
import { type IncomingMessage } from "node:http";
import { type Socket } from "node:net";
import { networkMatcher, normaliseAddress } from "@tradegraph/kit/networks";

/**
 * Our own proxies in front of the gateway: how many there are, or their addresses and networks. Each adds the address it
 * was called from to `X-Forwarded-For`; what others write there is not believed.
 */
export type TrustedProxies = number | readonly string[];

/** What of a request tells where it came from. */
export type Caller = Pick<IncomingMessage, "socket" | "headers">;

/** @returns undefined when the connection was reset before anybody looked */
export type AddressOf = (caller: Caller) => string | undefined;

/** More hops than anybody has; a longer header is somebody's play. */
const mostHops = 20;

export function createAddressOf(trusted: TrustedProxies): AddressOf {
  const isOurs = typeof trusted === "number" ? undefined : networkMatcher(trusted);
  const isTrusted = (address: string, hop: number) => (isOurs ? isOurs(address) : hop < Number(trusted));

  // Of each connection, for all its requests.
  const peers = new WeakMap<Socket, string>();
  const peerOf = (socket: Socket): string | undefined => {
    const known = peers.get(socket) ?? normaliseAddress(socket.remoteAddress ?? "");
    if (known !== undefined) peers.set(socket, known);
    return known;
  };

  return ({ socket, headers }) => {
    let address = peerOf(socket);
    if (address === undefined || headers["x-forwarded-for"] === undefined || trusted === 0) return address;
    const forwarded = [headers["x-forwarded-for"]].flat().join(",").split(",");
    // From the nearest: each entry was written by the one after it, so it counts as far as those are ours.
    for (const [hop, text] of forwarded.reverse().slice(0, mostHops).entries()) {
      if (!isTrusted(address, hop)) break;
      const further = normaliseAddress(text.trim());
      if (further === undefined) break;
      address = further;
    }
    return address;
  };
}
