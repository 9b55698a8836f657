// TLS in front of a server that speaks none, as managed services have it. Whoever speaks no TLS either is let through, so
// that servers behind such fronts can talk among themselves.
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { TLSSocket } from "node:tls";
import { type TestCertificate } from "./test-certificate.ts";

export interface TlsFront {
  port: number;
  /** Connections so far. */
  counts: { encrypted: number; plain: number; refused: number };
  close: () => void;
}

/** First byte of a TLS record with a handshake in it. */
const handshake = 0x16;

/** @param target port of the server, on this machine */
export async function startTlsFront(target: { port: number }, certificate: TestCertificate): Promise<TlsFront> {
  const counts = { encrypted: 0, plain: 0, refused: 0 };
  const open = new Set<Socket>();
  const keep = (socket: Socket) => {
    open.add(socket);
    socket.setNoDelay(true);
    socket.on("error", () => undefined);
    socket.on("close", () => open.delete(socket));
  };
  const carry = (client: Socket) => {
    const upstream = connect(target.port, "127.0.0.1");
    keep(upstream);
    client.pipe(upstream).pipe(client);
    client.on("close", () => upstream.destroy());
    upstream.on("close", () => client.destroy());
  };
  const encrypt = (socket: Socket) => {
    const client = new TLSSocket(socket, { isServer: true, ...certificate });
    keep(client);
    let isSecure = false;
    client.once("secure", () => {
      isSecure = true;
      counts.encrypted += 1;
      carry(client);
    });
    client.once("close", () => {
      if (!isSecure) counts.refused += 1;
    });
  };
  const server = createServer((socket) => {
    keep(socket);
    socket.once("readable", () => {
      const first = socket.read() as Buffer | null;
      if (!first) return;
      socket.unshift(first);
      if (first[0] === handshake) return encrypt(socket);
      counts.plain += 1;
      carry(socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    counts,
    close() {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}
