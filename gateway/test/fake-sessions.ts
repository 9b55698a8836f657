// What the gateway needs of users to check sessions: signed answers to `sessionStates`, counted, and able to misbehave.
import { createServer, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";
import { verifyRequest } from "@tradegraph/kit/internal-assertion";
import { type Viewer } from "@tradegraph/kit/viewer";
import { keys } from "./fake-graph.ts";

export interface FakeSessions {
  url: string;
  /** Sessions that go on, with the time before which their tokens are outdated. */
  open: Map<string, number>;
  /** Ids of each question so far, and who asked. */
  asked: { ids: string[]; viewer: Viewer }[];
  /** Runs after the question is understood and before it is looked up. */
  before: (() => Promise<void>) | undefined;
  /** Runs when the answer is decided and not yet sent. */
  after: (() => Promise<void>) | undefined;
  /** Answers instead when set. */
  misbehave: ((response: ServerResponse) => void) | undefined;
  stop: () => void;
  start: () => Promise<void>;
}

export async function startFakeSessions(): Promise<FakeSessions> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => void answer(Buffer.concat(chunks).toString(), response));
    const answer = async (body: string, to: ServerResponse) => {
      const requestId = String(request.headers["x-request-id"]);
      const signed = { audience: "users", method: "POST", path: "/graphql", body, requestId };
      const verified = verifyRequest(keys, request.headers, signed);
      if (!("viewer" in verified)) return to.writeHead(401).end('{"errors":[{"message":"no"}]}');
      const { ids } = (JSON.parse(body) as { variables: { ids: string[] } }).variables;
      fake.asked.push({ ids, viewer: verified.viewer });
      if (fake.misbehave) return fake.misbehave(to);
      await fake.before?.();
      const sessionStates = ids.map((id) => ({ id, isActive: fake.open.has(id), notBefore: fake.open.get(id) ?? 0 }));
      await fake.after?.();
      return to.setHeader("content-type", "application/json").end(JSON.stringify({ data: { sessionStates } }));
    };
  });
  const listen = (port: number) => new Promise<void>((resolve) => void server.listen(port, "127.0.0.1", resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const fake: FakeSessions = {
    url: `http://127.0.0.1:${port}/graphql`,
    open: new Map(),
    asked: [],
    before: undefined,
    after: undefined,
    misbehave: undefined,
    start: () => listen(port),
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
  return fake;
}
