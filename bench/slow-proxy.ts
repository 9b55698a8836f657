// Between a gateway and its Redis: passes on what it gets after a while, or nothing at all.
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export interface SlowProxy {
  port: number;
  /** Milliseconds for each direction together; each connection ends and none begins while it is undefined. */
  setDelay: (ms: number | undefined) => void;
  close: () => void;
}

export async function startSlowProxy(targetPort: number): Promise<SlowProxy> {
  let delay: number | undefined = 0;
  const sockets = new Set<Socket>();
  const pass = (from: Socket, to: Socket) => {
    sockets.add(from);
    from.setNoDelay(true);
    from.on("data", (chunk) => setTimeout(() => to.write(chunk), (delay ?? 0) / 2));
    from
      .on("error", () => to.destroy())
      .on("close", () => {
        sockets.delete(from);
        to.destroy();
      });
  };
  const server = createServer((client) => {
    if (delay === undefined) return client.destroy();
    const redis = connect(targetPort, "127.0.0.1");
    pass(client, redis);
    pass(redis, client);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    port: (server.address() as AddressInfo).port,
    setDelay(ms) {
      delay = ms;
      if (ms === undefined) for (const socket of sockets) socket.destroy();
    },
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
