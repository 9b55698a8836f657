import { createServer } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { assertPortFree, freePort, freePorts } from "../src/ports.ts";

async function listen(port: number, host: string): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
  onTestFinished(() => void server.close());
}

describe("assertPortFree", () => {
  it("is content with a free port", async () => {
    await expect(assertPortFree(await freePort(), "the gateway")).resolves.toBeUndefined();
  });

  it.each(["127.0.0.1", "0.0.0.0"])("names the program that listens on %s, and the setting", async (host) => {
    const port = await freePort();
    await listen(port, host);
    await expect(assertPortFree(port, "the gateway", "GATEWAY_PORT")).rejects.toThrow(
      new RegExp(
        `^Port ${port}, wanted by the gateway, is taken by another program \\(.+, process ${process.pid}\\): stop it or set GATEWAY_PORT=`,
      ),
    );
  });
});

describe("freePorts", () => {
  it("gives who takes another part other ports, however many", async () => {
    const parts = 60;
    const all = await Promise.all(Array.from({ length: parts }, (_, part) => freePorts(20, { part, parts })));
    expect(new Set(all.flat()).size).toBe(parts * 20);
  });
});
