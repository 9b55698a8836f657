// A way to a server on which answers can be held back: the other end is there, slow for as long as the test likes.
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export interface HeldProxy {
  port: number;
  /** Answers wait; questions go on. */
  hold: () => void;
  release: () => void;
  stop: () => Promise<void>;
}

/** @param listen port; a free one unless given */
export async function startHeldProxy({
  listen = 0,
  ...to
}: {
  host: string;
  port: number;
  listen?: number;
}): Promise<HeldProxy> {
  const servers = new Set<Socket>();
  const clients = new Set<Socket>();
  let isHeld = false;
  const proxy = createServer((client) => {
    const server = connect(to);
    servers.add(server);
    clients.add(client);
    client.pipe(server);
    server.on("data", (data) => client.write(data));
    if (isHeld) server.pause();
    const end = () => {
      server.destroy();
      client.destroy();
      servers.delete(server);
      clients.delete(client);
    };
    for (const socket of [client, server]) socket.on("error", end).on("close", end);
  });
  proxy.listen(listen, "127.0.0.1");
  await once(proxy, "listening");
  return {
    port: (proxy.address() as AddressInfo).port,
    hold() {
      isHeld = true;
      for (const server of servers) server.pause();
    },
    release() {
      isHeld = false;
      for (const server of servers) server.resume();
    },
    async stop() {
      if (!proxy.listening) return;
      for (const socket of [...clients, ...servers]) socket.destroy();
      proxy.close();
      await once(proxy, "close");
    },
  };
}
