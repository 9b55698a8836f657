// users, as far as the gateway asks it about API keys: over HTTP, believing signed requests of the right scope only.
import { createServer, type IncomingMessage } from "node:http";
import { type AddressInfo } from "node:net";
import { createApiKey } from "@tradegraph/kit/api-key";
import { verifyRequest } from "@tradegraph/kit/internal-assertion";
import { keys } from "./fake-graph.ts";
import { closeServer } from "@tradegraph/testkit/close-server";

export interface FakeIdentity {
  keyId: string;
  partnerId: string;
  partnerName: string;
  tenantId: string;
  companyId: string | null;
  scopes: string[];
  allowedAddresses: string[];
  expiresAt: string;
}

export interface FakeUsers {
  url: string;
  /** By hash; what is not in here does not count. */
  identities: Map<string, FakeIdentity>;
  /** Hashes it was asked for. */
  asked: string[];
  /** By the name of an operation other than the one about keys: what it is answered. */
  answers: Map<string, (variables: Record<string, unknown>, tenantId: string) => object>;
  /** Makes a key that counts. @returns the key and its hash */
  addKey: (overrides?: Partial<FakeIdentity>) => { secret: string; keyHash: string };
  stop: () => Promise<void>;
  start: () => Promise<void>;
}

const identity: FakeIdentity = {
  keyId: "aaaaaaaaaaaaaaaaaaaaaaaa",
  partnerId: "bbbbbbbbbbbbbbbbbbbbbbbb",
  partnerName: "Bolt",
  tenantId: "acme",
  companyId: "cccccccccccccccccccccccc",
  scopes: ["catalogue:read"],
  allowedAddresses: [],
  expiresAt: "2999-01-01T00:00:00.000Z",
};

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

export async function startFakeUsers(): Promise<FakeUsers> {
  const identities = new Map<string, FakeIdentity>();
  const asked: string[] = [];
  const answers: FakeUsers["answers"] = new Map();
  const answer = async (request: IncomingMessage): Promise<object> => {
    const body = await bodyOf(request);
    const requestId = String(request.headers["x-request-id"]);
    const signed = { audience: "users", method: "POST", path: "/graphql", body, requestId };
    const verified = verifyRequest(keys, request.headers, signed);
    const mayAsk = "viewer" in verified && verified.viewer.scopes.includes("api-keys");
    if (!mayAsk) return { errors: [{ message: "Forbidden.", extensions: { code: "FORBIDDEN" } }] };
    const { query, variables } = JSON.parse(body) as { query: string; variables: { keyHash: string } };
    const other = answers.get(/^(?:query|mutation) (\w+)/.exec(query)?.[1] ?? "");
    if (other) return other(variables, verified.viewer.tenantId);
    if (query.startsWith("query PartnersInUse")) return { data: { partnersInUse: [] } };
    const { keyHash } = variables;
    asked.push(keyHash);
    return { data: { apiKeyIdentity: identities.get(keyHash) ?? null } };
  };
  const create = () =>
    createServer((request, response) => {
      void answer(request).then((result) => response.end(JSON.stringify(result)));
    });
  let server = create();
  let port = 0;
  const users: FakeUsers = {
    url: "",
    ...{ identities, asked, answers },
    addKey(overrides = {}) {
      const { secret, keyHash } = createApiKey();
      identities.set(keyHash, { ...identity, ...overrides });
      return { secret, keyHash };
    },
    async start() {
      server = create();
      await new Promise<void>((resolve) => void server.listen(port, "127.0.0.1", resolve));
      ({ port } = server.address() as AddressInfo);
      users.url = `http://127.0.0.1:${port}/graphql`;
    },
    stop: () => closeServer(server),
  };
  await users.start();
  return users;
}
