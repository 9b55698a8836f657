// A TCP proxy before a server, which can make the network between them bad.
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

type Way = "toServer" | "toClient";

/** Bad for the bytes that pass; what is not given is good. */
export interface Faults {
  /** Milliseconds that each piece of data takes longer, each way or one way. */
  latency?: number | Partial<Record<Way, number>>;
  /** Bytes per second, each way. */
  rate?: number;
  /** What comes is thrown away and no connection ends: its other end is gone without a word. Such a connection stays dead. */
  blackHole?: boolean | Way;
  /** What comes is kept until this ends: a network that is interrupted and heals. */
  hold?: boolean;
}

export interface TcpProxy {
  port: number;
  /** The same address through this proxy. */
  through: (uri: string) => string;
  /** Replaces what was set before, for open connections too. */
  set: (faults: Faults) => void;
  /** Ends all connections with a reset. */
  reset: () => void;
  /** Takes no more connections until `accept`; those that are open stay. */
  refuse: () => Promise<void>;
  accept: () => Promise<void>;
  /** How many are open now. */
  connections: () => number;
  close: () => Promise<void>;
}

/** Between two looks at what is held or throttled. */
const tickMs = 5;

/** @param target the server, on this machine unless told */
export async function startTcpProxy(target: { port: number; host?: string }): Promise<TcpProxy> {
  const state: { faults: Faults } = { faults: {} };
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect({ host: target.host ?? "127.0.0.1", port: target.port });
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      open.add(socket);
      socket.setNoDelay(true);
      socket.on("error", () => undefined);
      socket.on("close", () => {
        open.delete(socket);
        other.destroy();
      });
    }
    carry(client, upstream, "toServer", state);
    carry(upstream, client, "toClient", state);
  });
  const listen = (port: number) =>
    new Promise<number>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, "127.0.0.1", () => {
        server.off("error", reject);
        resolve((server.address() as AddressInfo).port);
      });
    });
  const port = await listen(0);
  const reset = () => {
    for (const socket of open) socket.resetAndDestroy();
  };
  // The callback comes when all connections have ended, which is not what is waited for.
  const refuse = () => {
    if (server.listening) server.close();
    return Promise.resolve();
  };
  return {
    port,
    through: (uri) => uri.replace(/:\d+(?=$|[/?])/, `:${port}`),
    set: (faults) => {
      state.faults = faults;
    },
    ...{ reset, refuse },
    accept: async () => {
      if (!server.listening) await listen(port);
    },
    connections: () => open.size / 2,
    close: async () => {
      await refuse();
      for (const socket of open) socket.destroy();
    },
  };
}

interface Piece {
  bytes: Buffer;
  /** Not before, by `performance.now()`. */
  at: number;
}

function carry(from: Socket, to: Socket, way: Way, state: { faults: Faults }): void {
  const pieces: Piece[] = [];
  let isDead = false;
  let hasEnded = false;
  let timer: NodeJS.Timeout | undefined;
  /** When the line is free for the next piece, with a rate. */
  let freeAt = 0;

  const flush = () => {
    timer = undefined;
    while (pieces[0] && !state.faults.hold && pieces[0].at <= performance.now()) {
      const piece = pieces.shift();
      if (piece && !to.destroyed) to.write(piece.bytes);
    }
    if (pieces.length > 0) timer = setTimeout(flush, tickMs);
    else if (hasEnded && !isDead) to.end();
  };

  from.on("data", (bytes: Buffer) => {
    const { latency = 0, rate, blackHole = false, hold = false } = state.faults;
    if (blackHole === true || blackHole === way) isDead = true;
    if (isDead) return;
    const now = performance.now();
    const delay = typeof latency === "number" ? latency : (latency[way] ?? 0);
    const takes = rate === undefined ? 0 : (bytes.length / rate) * 1_000;
    freeAt = Math.max(freeAt, now) + takes;
    const at = Math.max(freeAt + delay, pieces.at(-1)?.at ?? 0);
    if (pieces.length === 0 && at <= now && !hold) return void to.write(bytes);
    pieces.push({ bytes, at });
    timer ??= setTimeout(flush, Math.max(0, Math.min(at - now, tickMs)));
  });
  from.on("end", () => {
    hasEnded = true;
    timer ??= setTimeout(flush, 0);
  });
  from.on("close", () => clearTimeout(timer));
}
