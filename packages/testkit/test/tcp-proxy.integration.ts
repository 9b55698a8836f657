import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { startTcpProxy } from "../src/tcp-proxy.ts";

/** A server that says everything again, behind a proxy, and a client. */
async function stage() {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on("error", () => undefined);
    socket.pipe(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const proxy = await startTcpProxy({ port: (server.address() as AddressInfo).port });
  const open = async () => {
    const client = connect({ port: proxy.port, host: "127.0.0.1" });
    const heard: string[] = [];
    client.on("data", (bytes) => heard.push(String(bytes)));
    client.on("error", () => undefined);
    await once(client, "connect");
    return { client, text: () => heard.join("") };
  };
  onTestFinished(async () => {
    await proxy.close();
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { proxy, open };
}

/** Sends it and waits for the echo. @returns milliseconds */
async function echo({ client, text }: { client: Socket; text: () => string }, word: string): Promise<number> {
  const start = performance.now();
  const before = text();
  client.write(word);
  await expect.poll(text, { interval: 2 }).toBe(before + word);
  return performance.now() - start;
}

it("carries bytes, later when told to, in one direction or both", async () => {
  const { proxy, open } = await stage();
  const line = await open();
  // The quickest of a few: on a busy machine any of them may be late.
  const quick: number[] = [];
  for (const word of ["a", "b", "c", "d", "e"]) quick.push(await echo(line, word));
  expect(Math.min(...quick)).toBeLessThan(90);
  proxy.set({ latency: { toServer: 100 } });
  const oneWay = await echo(line, "one");
  proxy.set({ latency: 100 });
  expect([oneWay >= 99, await echo(line, "both")]).toEqual([true, expect.toSatisfy((ms: number) => ms >= 198)]);
});

it("carries no more bytes a second than told", async () => {
  const { proxy, open } = await stage();
  proxy.set({ rate: 50_000 });
  expect(await echo(await open(), "x".repeat(10_000))).toBeGreaterThanOrEqual(390);
});

it("swallows bytes of connections that stay open, for ever", async () => {
  const { proxy, open } = await stage();
  const line = await open();
  proxy.set({ blackHole: true });
  line.client.write("lost");
  const later = await open();
  await new Promise((resolve) => setTimeout(resolve, 50));
  proxy.set({});
  line.client.write("lost too");
  await echo(later, "heard");
  expect([line.text(), line.client.destroyed]).toEqual(["", false]);
});

it("holds bytes back and gives them later", async () => {
  const { proxy, open } = await stage();
  const line = await open();
  proxy.set({ hold: true });
  line.client.write("late");
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(line.text()).toBe("");
  proxy.set({});
  await expect.poll(line.text).toBe("late");
});

it("resets connections, refuses new ones and takes them again", async () => {
  const { proxy, open } = await stage();
  const line = await open();
  await echo(line, "a");
  await proxy.refuse();
  await echo(line, "open ones stay");
  await expect(open()).rejects.toThrow("ECONNREFUSED");
  proxy.reset();
  await expect.poll(() => line.client.destroyed).toBe(true);
  await expect.poll(proxy.connections).toBe(0);
  await proxy.accept();
  await echo(await open(), "again");
});

it("names itself in an address", async () => {
  const { proxy } = await stage();
  const at = `127.0.0.1:${proxy.port}`;
  expect(proxy.through("redis://default:1@127.0.0.1:6379")).toBe(`redis://default:1@${at}`);
  expect(proxy.through("redis://default:1@127.0.0.1:6379/2")).toBe(`redis://default:1@${at}/2`);
});
