// A small HTTP server in AWS's place: answers what a test says, and keeps what the SDK really sent.
import { createServer, type IncomingMessage } from "node:http";
import { type AddressInfo } from "node:net";

export interface Sent {
  method: string;
  path: string;
  /** Operation by the header of JSON protocols, or by the field of the query protocol; else undefined. */
  operation: string | undefined;
  body: string;
}

export interface Reply {
  status?: number;
  body?: string | object;
  headers?: Record<string, string>;
}

export interface FakeAws {
  sent: Sent[];
  /** Settings of a client that speaks with it, with the SDK's own retries. */
  client: {
    endpoint: string;
    region: string;
    credentials: { accessKeyId: string; secretAccessKey: string };
    maxAttempts: number;
  };
  close: () => Promise<void>;
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}

const operationOf = ({ headers }: IncomingMessage, body: string) => {
  const target = headers["x-amz-target"];
  return typeof target === "string" ? target.split(".").at(-1) : (new URLSearchParams(body).get("Action") ?? undefined);
};

/** @param answer says what AWS would; what it throws becomes the 500 that clients try again */
export async function fakeAws(answer: (sent: Sent) => Reply): Promise<FakeAws> {
  const sent: Sent[] = [];
  const server = createServer((request, response) => {
    void textOf(request).then((body) => {
      const { method = "", url: path = "" } = request;
      const one = { method, path, operation: operationOf(request, body), body };
      sent.push(one);
      const { status = 200, body: text = {}, headers = {} } = answer(one);
      const isText = typeof text === "string";
      response.writeHead(status, { "content-type": isText ? "text/xml" : "application/json", ...headers });
      response.end(isText ? text : JSON.stringify(text));
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return {
    sent,
    client: {
      endpoint: `http://127.0.0.1:${port}`,
      region: "us-east-1",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
      maxAttempts: 3,
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((done, fail) => server.close((error) => (error ? fail(error) : done())));
    },
  };
}

/** An error of the JSON protocols. */
export const failure = (type: string, status = 400): Reply => ({
  status,
  body: { __type: type, message: type },
  headers: { "x-amzn-errortype": type },
});
