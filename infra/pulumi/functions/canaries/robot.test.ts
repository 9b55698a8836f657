import { createServer } from "node:http";
import { type AddressInfo } from "node:net";
import { runInNewContext } from "node:vm";
import { afterEach, describe, expect, it } from "vitest";
import { canaryScript } from "../../lib/function-code.ts";
import { type Journey, walk } from "./robot.ts";

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function shop(status: number, body: object | string) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    let text = "";
    request.on("data", (part: Buffer) => (text += part.toString()));
    request.on("end", () => {
      asked.push(`${request.method} ${request.url} ${text}`.trim());
      response.statusCode = status;
      response.end(typeof body === "string" ? body : JSON.stringify(body));
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const journey = (changed: Partial<Journey> = {}): Journey => ({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    walk: "catalogue",
    operation: "",
    ...changed,
  });
  return { asked, journey };
}
const catalogue = { data: { products: { nodes: [{ id: "1", name: "Chair" }] } } };

describe("the robot customer", () => {
  it("asks for health, or looks into the catalogue", async () => {
    const { asked, journey } = await shop(200, catalogue);
    await walk(journey({ walk: "health" }));
    await walk(journey());
    expect(asked[0]).toBe("GET /health");
    expect(asked[1]).toContain("POST /graphql");
    expect(asked[1]).toContain("products(first: 3)");
  });

  it("sends the id of a persisted operation where texts are not taken", async () => {
    const { asked, journey } = await shop(200, { data: { anything: true } });
    await walk(journey({ operation: "sha256:1" }));
    expect(asked).toEqual(['POST /graphql {"documentId":"sha256:1"}']);
  });

  it.each([
    [503, "", "/graphql answers 503"],
    [200, { data: null, errors: [{ message: "x" }] }, "errors"],
    [200, { data: { products: { nodes: [] } } }, "empty"],
    [200, "<html>", "JSON"],
  ])("fails at status %d with %j", async (status, body, why) => {
    const { journey } = await shop(status, body);
    await expect(walk(journey())).rejects.toThrow(why);
  });

  it("runs as the script that Synthetics gets: CommonJS with one handler, its journey written in", async () => {
    const { asked, journey } = await shop(200, catalogue);
    const script = canaryScript(journey());
    expect(script).not.toMatch(/^\s*(?:import|export) /m);
    const exports: { handler?: () => Promise<void> } = {};
    runInNewContext(script, { exports, fetch, URL, AbortSignal });
    await exports.handler?.();
    expect(asked).toHaveLength(1);
  });
});
