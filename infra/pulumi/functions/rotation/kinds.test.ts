import { type AddressInfo, createServer, type Server } from "node:net";
import { ElastiCacheClient } from "@aws-sdk/client-elasticache";
import { afterEach, describe, expect, it } from "vitest";
import { type FakeAws, fakeAws } from "../../testing/fake-aws.ts";
import { secretKinds } from "./kinds.ts";

let aws: FakeAws | undefined;
let cache: Server | undefined;
afterEach(async () => {
  await aws?.close();
  cache?.close();
  aws = cache = undefined;
});

/** A cache that answers each log-in as told, and keeps what came. */
async function listening(answer: (attempt: number, command: string) => string | undefined) {
  const commands: string[] = [];
  cache = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.once("data", (part: Buffer) => {
      commands.push(part.toString());
      const text = answer(commands.length, part.toString());
      if (text !== undefined) socket.write(text);
    });
  });
  await new Promise<void>((done) => cache?.listen(0, "127.0.0.1", done));
  const { port } = cache.address() as AddressInfo;
  return { commands, url: `redis+cluster://tradegraph:p%40ss@127.0.0.1:${port}` };
}

const ofCache = (patienceMs = 0) =>
  secretKinds({
    elasticache: new ElastiCacheClient(aws?.client ?? {}),
    userId: "tradegraph-prod",
    patienceMs,
    pauseMs: 1,
  })["cache-password"];

describe("the password of the cache", () => {
  it("is given to ElastiCache beside the one in use, so that both are good", async () => {
    const body =
      "<ModifyUserResponse><ModifyUserResult><Status>modifying</Status></ModifyUserResult></ModifyUserResponse>";
    aws = await fakeAws(() => ({ body }));
    await ofCache().bring?.("rediss://u:old@h:1", "rediss://u:new@h:1");
    const sent = new URLSearchParams(aws.sent[0]?.body);
    expect(Object.fromEntries(sent)).toMatchObject({
      Action: "ModifyUser",
      UserId: "tradegraph-prod",
      "Passwords.member.1": "old",
      "Passwords.member.2": "new",
    });
  });

  it("fails where ElastiCache still works on the user, so that Secrets Manager comes again", async () => {
    aws = await fakeAws(() => ({
      status: 400,
      body: "<ErrorResponse><Error><Code>InvalidUserState</Code><Message>modifying</Message></Error></ErrorResponse>",
    }));
    await expect(ofCache().bring?.("rediss://u:old@h:1", "rediss://u:new@h:1")).rejects.toThrow(/modifying/);
  });

  it("is tried at the cache, in its own protocol", async () => {
    const { commands, url } = await listening(() => "+OK\r\n");
    await ofCache().test(url);
    expect(commands).toEqual(["*3\r\n$4\r\nAUTH\r\n$10\r\ntradegraph\r\n$4\r\np@ss\r\n"]);
  });

  it("is tried again until the cache has learned it", async () => {
    const { commands, url } = await listening((attempt) => (attempt < 3 ? "-WRONGPASS no\r\n" : "+OK\r\n"));
    await ofCache(10_000).test(url);
    expect(commands).toHaveLength(3);
  });

  it("fails in the end, and says neither password nor user", async () => {
    const { url } = await listening(() => "-WRONGPASS invalid password p@ss of tradegraph\r\n");
    const trying = Promise.resolve(ofCache().test(url));
    await expect(trying).rejects.toThrow(/^the cache refuses the user \(WRONGPASS\)$/);
  });

  it("fails where nobody listens", async () => {
    await expect(Promise.resolve(ofCache().test("redis://u:p@127.0.0.1:1"))).rejects.toThrow();
  });
});
