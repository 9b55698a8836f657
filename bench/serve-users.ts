// Stands in for users: one person who is signed in for ever, no API keys, no partners, and a place for records of the audit
// log. `GET /token` signs the person in, any other GET has the key that tells.
import { generateKeyPairSync, sign } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { reportToParent } from "./report-to-parent.ts";

const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const head = { kid: "bench", alg: "RS256" };
const keys = [{ ...publicKey.export({ format: "jwk" }), ...head, use: "sig" }];
const session = "fedcba9876543210fedcba98";
const now = Math.floor(Date.now() / 1e3);
const claims = {
  ...{ iss: "tradegraph", aud: "tradegraph", iat: now, exp: now + 86_400, jti: "bench" },
  ...{ sub: "0123456789abcdef01234567", tid: "acme", role: "customer", scope: "", sid: session },
};
const signed = [{ ...head, typ: "at+jwt" }, claims]
  .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
  .join(".");
const token = `${signed}.${sign("RSA-SHA256", Buffer.from(signed), privateKey).toString("base64url")}`;

function answerOf(body: string): object {
  if (body.includes("auditRecord")) return { auditRecord: { added: 0 } };
  if (body.includes("sessionStates")) return { sessionStates: [{ id: session, isActive: true, notBefore: null }] };
  return { partnersInUse: [] };
}

const reply = async (request: IncomingMessage, response: ServerResponse) => {
  response.setHeader("content-type", "application/json");
  if (request.method === "GET") return response.end(request.url === "/token" ? token : JSON.stringify({ keys }));
  return response.end(JSON.stringify({ data: answerOf(await text(request)) }));
};
const server = createServer({ keepAliveTimeout: 65_000 }, (request, response) => void reply(request, response));
await once(server.listen(0, "127.0.0.1"), "listening");
reportToParent([(server.address() as AddressInfo).port]);
