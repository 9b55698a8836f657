// Tasks on ECS log in to DocumentDB by their role: no password is anywhere. ECS names a path of its own endpoint, which
// gives short-lived keys of the role; the driver signs with them.
import { createServer, type IncomingMessage, type Server } from "node:http";
import { type AddressInfo, Socket } from "node:net";
import { createLogger } from "@tradegraph/kit/logger";
import { connectMongo, type Mongo } from "@tradegraph/kit/mongo";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type AwsMongod, startAwsMongod } from "./aws-mongod.ts";

/** Where ECS answers, in every task. */
const ECS = "169.254.170.2";
const PATH = "/v2/credentials/4f1b";
const logger = createLogger({ service: "test", level: "silent" });

interface Keys {
  AccessKeyId: string;
  SecretAccessKey: string;
  Token: string;
  Expiration: string;
}
const keys = (AccessKeyId: string, minutes: number): Keys => ({
  AccessKeyId,
  SecretAccessKey: `secret of ${AccessKeyId}`,
  Token: `token of ${AccessKeyId}`,
  Expiration: new Date(Date.now() + minutes * 60_000).toISOString(),
});

let endpoint: Server;
let mongod: AwsMongod;
let asked: string[];
let given: Keys[];
let opened: Mongo[];
const own = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE"];

beforeEach(async () => {
  asked = [];
  opened = [];
  given = [keys("ASIAFIRST", 60)];
  endpoint = createServer(({ url = "" }: IncomingMessage, response) => {
    asked.push(url);
    const answer = given.length > 1 ? given.shift() : given[0];
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => endpoint.listen(0, "127.0.0.1", resolve));
  mongod = await startAwsMongod((key) => (key.startsWith("ASIA") ? `secret of ${key}` : undefined));
  // The address of ECS is one of the task alone; all above the socket is the driver's and the SDK's own.
  const { port } = endpoint.address() as AddressInfo;
  const connect = Socket.prototype.connect as (...args: unknown[]) => Socket;
  vi.spyOn(Socket.prototype, "connect").mockImplementation(function (this: Socket, ...args: unknown[]) {
    const [first] = args.flat() as { host?: string; port?: number }[];
    if (first?.host === ECS) Object.assign(first, { host: "127.0.0.1", port });
    return connect.apply(this, args);
  });
  // Keys and files of the developer's own would come first.
  for (const name of own) vi.stubEnv(name, undefined);
  vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
  vi.stubEnv("AWS_CONFIG_FILE", "/dev/null");
  vi.stubEnv("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", PATH);
});

afterEach(async () => {
  await Promise.all(opened.map((mongo) => mongo.close()));
  await mongod.close();
  await new Promise((resolve) => endpoint.close(resolve));
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

async function logIn(): Promise<Mongo> {
  // As infra/pulumi/lib/task-environment.ts has it, but for TLS and the replica set.
  const mongo = await connectMongo({
    uri: `mongodb://127.0.0.1:${mongod.port}/?authMechanism=MONGODB-AWS&authSource=$external&directConnection=true`,
    ...{ database: "products", flavor: "documentdb", applicationName: "test", logger, poolMin: 0, poolMax: 1 },
  });
  opened.push(mongo);
  return mongo;
}

describe("logging in by the role of a task", () => {
  it("asks ECS for the role's keys, and signs with them", async () => {
    const mongo = await logIn();
    await mongo.ping();
    expect(asked).toEqual([PATH]);
    expect(mongod.logIns).toEqual([
      {
        mechanism: "MONGODB-AWS",
        source: "$external",
        authorization: expect.stringContaining("Credential=ASIAFIRST/") as string,
        date: expect.stringMatching(/^\d{8}T\d{6}Z$/) as string,
        token: "token of ASIAFIRST",
      },
    ]);
    expect(JSON.stringify(mongod.logIns)).not.toContain("secret of");
  });

  it("keeps the keys for its next connections while they are good", async () => {
    const mongo = await logIn();
    await mongo.ping();
    mongod.cut();
    await expect.poll(() => mongo.ping().then(() => mongod.logIns.length)).toBe(2);
    expect(asked).toHaveLength(1);
  });

  it("asks again before the keys end", async () => {
    given = [keys("ASIAOLD", 1), keys("ASIANEW", 60)];
    const mongo = await logIn();
    const tokenOfNextLogIn = async () => {
      mongod.cut();
      await mongo.ping().catch(() => undefined);
      return mongod.logIns.at(-1)?.token;
    };
    await mongo.ping();
    await expect.poll(tokenOfNextLogIn, { timeout: 10_000 }).toBe("token of ASIANEW");
  });

  it("says at once that the database does not know the role, and not which keys it had", async () => {
    given = [keys("AKIASTRANGER", 60)];
    const refused = await logIn().catch((error: unknown) => error as Error);
    expect(refused).toMatchObject({ message: "Authentication failed.", code: 18 });
    expect(JSON.stringify(refused)).not.toContain("STRANGER");
  });
});
