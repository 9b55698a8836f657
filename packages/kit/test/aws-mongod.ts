// Speaks as much of MongoDB's protocol as a client needs to log in by MONGODB-AWS, which only DocumentDB, Atlas and the
// enterprise server can: messages, hello, and the two steps of the conversation.
import { createHash, createHmac, randomBytes } from "node:crypto";
import { createServer, type Socket } from "node:net";
import { type AddressInfo } from "node:net";
import mongoose from "mongoose";

const { BSON } = mongoose.mongo;
type Document = Record<string, unknown>;

/** What a client said in its conversation. */
export interface LogIn {
  mechanism: string;
  source: string;
  /** Signed by the client for the STS of AWS. */
  authorization: string;
  date: string;
  token: string | undefined;
}

export interface AwsMongod {
  port: number;
  logIns: LogIn[];
  /** Cuts all connections, so that clients log in anew. */
  cut: () => void;
  close: () => Promise<void>;
}

const MESSAGE = 2013;
const QUERY = 2004;
const STS = "sts.us-east-1.amazonaws.com";
const authenticationFailed = { ok: 0, errmsg: "Authentication failed.", code: 18, codeName: "AuthenticationFailed" };

/** @param secretOf the secret key of an access key, as AWS knows it; undefined for one that it does not know */
export async function startAwsMongod(secretOf: (accessKey: string) => string | undefined): Promise<AwsMongod> {
  const logIns: LogIn[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => undefined);
    const talk = conversation(secretOf, logIns);
    let waiting = Buffer.alloc(0);
    socket.on("data", (chunk) => {
      waiting = Buffer.concat([waiting, chunk as Buffer]);
      while (waiting.length >= 4 && waiting.length >= waiting.readInt32LE(0)) {
        const message = waiting.subarray(0, waiting.readInt32LE(0));
        waiting = waiting.subarray(message.length);
        socket.write(answerTo(message, talk));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    logIns,
    cut,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        cut();
      }),
  };
}

/** What one connection says to a command. */
function conversation(secretOf: (accessKey: string) => string | undefined, logIns: LogIn[]) {
  let nonce = Buffer.alloc(0);
  let mechanism = "";
  let loggedIn = false;
  return (command: Document): Document => {
    if ("hello" in command || "isMaster" in command || "ismaster" in command) return hello;
    if ("saslStart" in command) {
      mechanism = String(command.mechanism);
      const { r } = BSON.deserialize(bytes(command.payload), { promoteBuffers: true }) as { r: Buffer };
      nonce = Buffer.concat([r, randomBytes(32)]);
      return { ok: 1, conversationId: 1, done: false, payload: Buffer.from(BSON.serialize({ s: nonce, h: STS })) };
    }
    if ("saslContinue" in command) {
      const { a, d, t } = BSON.deserialize(bytes(command.payload)) as { a: string; d: string; t?: string };
      logIns.push({ mechanism, source: String(command.$db), authorization: a, date: d, token: t });
      loggedIn = isSigned({ authorization: a, date: d, token: t, nonce }, secretOf);
      return loggedIn ? { ok: 1, conversationId: 1, done: true, payload: Buffer.alloc(0) } : authenticationFailed;
    }
    return loggedIn || "endSessions" in command ? { ok: 1 } : { ok: 0, errmsg: "requires authentication", code: 13 };
  };
}

const hello = {
  ...{ ok: 1, isWritablePrimary: true, ismaster: true, helloOk: true, minWireVersion: 0, maxWireVersion: 17 },
  ...{ maxBsonObjectSize: 16_777_216, maxMessageSizeBytes: 48_000_000, maxWriteBatchSize: 100_000 },
};

const bytes = (value: unknown): Uint8Array => (value instanceof BSON.Binary ? value.buffer : value) as Uint8Array;

/** OP_MSG, and OP_QUERY for the first hello of a client that does not know the server. */
function answerTo(message: Buffer, talk: (command: Document) => Document): Buffer {
  const request = message.readInt32LE(4);
  const code = message.readInt32LE(12);
  if (code === MESSAGE) {
    const body = BSON.serialize(talk(BSON.deserialize(message.subarray(21))));
    return framed(request, MESSAGE, Buffer.concat([Buffer.alloc(5), body]));
  }
  if (code !== QUERY) throw new Error(`operation ${code} is not expected`);
  const start = message.indexOf(0, 20) + 9;
  const body = BSON.serialize(talk(BSON.deserialize(message.subarray(start))));
  const head = Buffer.alloc(20);
  head.writeInt32LE(8, 0);
  head.writeInt32LE(1, 16);
  return framed(request, 1, Buffer.concat([head, body]));
}

function framed(request: number, code: number, body: Buffer): Buffer {
  const head = Buffer.alloc(16);
  for (const [index, value] of [16 + body.length, 1, request, code].entries()) head.writeInt32LE(value, 4 * index);
  return Buffer.concat([head, body]);
}

interface Signed {
  authorization: string;
  date: string;
  token: string | undefined;
  nonce: Buffer;
}

/** As STS would check the request for GetCallerIdentity that DocumentDB passes on (Signature Version 4). */
function isSigned(
  { authorization, date, token, nonce }: Signed,
  secretOf: (key: string) => string | undefined,
): boolean {
  const [, key = "", day = "", region = "", names = "", signature] =
    /Credential=([^/]+)\/(\d+)\/([\w-]+)\/sts\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=(\w+)/.exec(
      authorization,
    ) ?? [];
  const secret = secretOf(key);
  if (secret === undefined) return false;
  const body = "Action=GetCallerIdentity&Version=2011-06-15";
  const headers: Record<string, string | undefined> = {
    host: STS,
    "content-type": "application/x-www-form-urlencoded",
    "content-length": String(body.length),
    "x-amz-date": date,
    "x-amz-security-token": token,
    "x-mongodb-server-nonce": nonce.toString("base64"),
    "x-mongodb-gs2-cb-flag": "n",
  };
  const lines = names.split(";").map((name) => `${name}:${headers[name]}\n`);
  const hash = (text: string) => createHash("sha256").update(text).digest("hex");
  const request = ["POST", "/", "", lines.join(""), names, hash(body)].join("\n");
  const text = ["AWS4-HMAC-SHA256", date, `${day}/${region}/sts/aws4_request`, hash(request)].join("\n");
  const sign = (by: string | Buffer, what: string) => createHmac("sha256", by).update(what).digest();
  const signing = [day, region, "sts", "aws4_request"].reduce<string | Buffer>(sign, `AWS4${secret}`);
  return createHmac("sha256", signing).update(text).digest("hex") === signature;
}
