import { createServer } from "node:net";
import { portOwner } from "./port-owner.ts";

// Below the range from which systems take ports for outgoing connections (32768 on Linux), so that no connection of
// another program takes the port between our look and the server's bind. Programs are given their ports before the
// databases choose theirs, so each kind has a part of its own.
const ranges = { databases: [20_000, 26_000], programs: [26_000, 32_000] } as const;

/** One of several equal parts of a range, from 0. */
export interface RangePart {
  part: number;
  parts: number;
}

const whole: RangePart = { part: 0, parts: 1 };

/** A port of 127.0.0.1 that nobody listens on now. @param kind who will listen */
export async function freePort(kind: keyof typeof ranges = "databases", { part, parts } = whole): Promise<number> {
  const [low, high] = ranges[kind];
  const width = Math.floor((high - low) / parts);
  const first = low + part * width;
  const end = first + width;
  for (let attempt = 0; attempt < 100; attempt++) {
    const port = first + Math.floor(Math.random() * (end - first));
    if (await canListen(port, "127.0.0.1")) return port;
  }
  throw new Error(`No free port between ${first} and ${end} on 127.0.0.1 in 100 tries.`);
}

/** Ports for several programs, all different. @param part those who take another part get other ports */
export async function freePorts(count: number, part: RangePart = whole): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) ports.add(await freePort("programs", part));
  return [...ports];
}

/**
 * Rejects with one sentence when `port` is taken.
 * @param what who wants it: "the gateway"
 * @param setting the environment variable that chooses another port
 */
export async function assertPortFree(port: number, what: string, setting = "PORT"): Promise<void> {
  // Some systems let one program have 127.0.0.1 and another all addresses: look at both.
  if ((await canListen(port, "127.0.0.1")) && (await canListen(port, "::"))) return;
  const owner = await portOwner(port);
  throw new Error(
    `Port ${port}, wanted by ${what}, is taken by another program (${owner ?? "it is not yours, so it cannot be named"}): ` +
      `stop it or set ${setting}=${port + 10}.`,
  );
}

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") resolve(false);
      else if (error.code === "EADDRNOTAVAIL" || error.code === "EAFNOSUPPORT") resolve(true);
      else if (error.code === "EACCES")
        reject(new Error(`Port ${port} needs more rights than you have: take one above 1023.`));
      else reject(error);
    });
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
