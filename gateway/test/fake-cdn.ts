// A CDN's interface for purges: Fastly, Cloudflare and CloudFront, with their limits and the errors that they answer.
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { type CdnName } from "../src/cache/cdn/cdn-rules.ts";

export interface CdnCall {
  tags: string[];
  everything: boolean;
  isSoft: boolean;
  /** Of the clock of `performance.now()`. */
  at: number;
}

/** Instead of an answer: none at all, a connection that ends, or a status with headers. */
export type Trouble = "silence" | "reset" | { status: number; headers?: Record<string, string>; code?: string };

export interface FakeCdn {
  url: string;
  /** Purges that were accepted. */
  accepted: CdnCall[];
  /** Requests of any outcome. */
  asked: () => number;
  /** What happens to the calls that come: to each, until it is taken away. */
  trouble: (of: ((call: CdnCall) => Trouble | undefined) | undefined) => void;
  stop: () => Promise<void>;
}

export const cdnId = "SHOP1";
export const cdnToken = "token-of-the-cdn-that-must-not-be-logged";

interface Protocol {
  /** @returns the call, or the status that it is refused with */
  read: (request: IncomingMessage, body: string) => CdnCall | { status: number; code: string };
  accept: (response: ServerResponse, call: CdnCall) => void;
  refuse: (response: ServerResponse, status: number, code: string) => void;
}

const json = (response: ServerResponse, status: number, body: object) =>
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
const now = () => performance.now();

const fastly: Protocol = {
  read({ headers, url }, body) {
    if (headers["fastly-key"] !== cdnToken) return { status: 401, code: "Provided credentials are missing or invalid" };
    if (url === `/service/${cdnId}/purge_all`) return { tags: [], everything: true, isSoft: false, at: now() };
    if (url !== `/service/${cdnId}/purge`) return { status: 404, code: "Record not found" };
    const { surrogate_keys: tags } = JSON.parse(body) as { surrogate_keys: string[] };
    if (tags.length > 256) return { status: 400, code: "Too many surrogate keys" };
    return { tags, everything: false, isSoft: headers["fastly-soft-purge"] === "1", at: now() };
  },
  accept: (response, { tags, everything }) =>
    json(
      response,
      200,
      everything ? { status: "ok" } : Object.fromEntries(tags.map((tag) => [tag, "108-1391560174-1"])),
    ),
  refuse: (response, status, msg) => json(response, status, { msg }),
};

const cloudflare: Protocol = {
  read({ headers, url }, body) {
    if (headers.authorization !== `Bearer ${cdnToken}`) return { status: 403, code: "10000" };
    if (url !== `/client/v4/zones/${cdnId}/purge_cache`) return { status: 404, code: "7003" };
    const { tags = [], purge_everything: everything = false } = JSON.parse(body) as {
      tags?: string[];
      purge_everything?: boolean;
    };
    if (tags.length > 100) return { status: 400, code: "1094" };
    return { tags, everything, isSoft: false, at: now() };
  },
  accept: (response) => json(response, 200, { success: true, errors: [], messages: [], result: { id: cdnId } }),
  refuse: (response, status, code) =>
    json(response, status, {
      success: false,
      errors: [{ code: Number(code) || 1000, message: `refused ${response.req.headers.authorization ?? ""}` }],
      messages: [],
      result: null,
    }),
};

const xml = (response: ServerResponse, status: number, body: string) =>
  response.writeHead(status, { "content-type": "text/xml" }).end(`<?xml version="1.0"?>${body}`);
const cloudfrontNamespace = "http://cloudfront.amazonaws.com/doc/2020-05-31/";

const cloudfront: Protocol = {
  read({ headers, url }, body) {
    if (!/Credential=AKIDTEST\/.*\/us-east-1\/cloudfront\//.test(headers.authorization ?? "")) {
      return { status: 403, code: "AccessDenied" };
    }
    if (url !== `/2020-05-31/distribution/${cdnId}/invalidation`) return { status: 404, code: "NoSuchDistribution" };
    const items = [...body.matchAll(/<Path>([^<]*)<\/Path>/g)].map(([, item = ""]) => item);
    if (Number(/<Quantity>(\d+)/.exec(body)?.[1]) !== items.length || !/<CallerReference>[^<]+</.test(body)) {
      return { status: 400, code: "InconsistentQuantities" };
    }
    if (items.length > 3_000) return { status: 413, code: "BatchTooLarge" };
    const everything = items.includes("/*");
    if (!everything && !items.every((item) => /^#[\x21-\x2b\x2d-\x7e]{1,256}$/.test(item))) {
      return { status: 400, code: "InvalidArgument" };
    }
    const tags = everything ? [] : items.map((item) => item.slice(1));
    return { tags, everything, isSoft: false, at: now() };
  },
  accept: (response) =>
    xml(
      response,
      201,
      `<Invalidation xmlns="${cloudfrontNamespace}"><Id>I1</Id><Status>InProgress</Status><CreateTime>2026-01-01T00:00:00Z</CreateTime></Invalidation>`,
    ),
  refuse: (response, status, code) =>
    xml(
      response,
      status,
      `<ErrorResponse xmlns="${cloudfrontNamespace}"><Error><Type>Sender</Type><Code>${code}</Code><Message>no</Message></Error><RequestId>1</RequestId></ErrorResponse>`,
    ),
};

const protocols: Record<CdnName, Protocol> = { fastly, cloudflare, cloudfront };

export async function startFakeCdn(name: CdnName): Promise<FakeCdn> {
  const { read, accept, refuse } = protocols[name];
  const accepted: CdnCall[] = [];
  let asked = 0;
  let troubleOf: ((call: CdnCall) => Trouble | undefined) | undefined;
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    asked += 1;
    const call = read(request, await text(request));
    if ("status" in call) return refuse(response, call.status, call.code);
    const trouble = troubleOf?.(call);
    if (trouble === "silence") return;
    if (trouble === "reset") return request.socket.resetAndDestroy();
    if (trouble) {
      for (const [header, value] of Object.entries(trouble.headers ?? {})) response.setHeader(header, value);
      return refuse(response, trouble.status, trouble.code ?? "1000");
    }
    accepted.push(call);
    return accept(response, call);
  };
  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    accepted,
    asked: () => asked,
    trouble: (of) => (troubleOf = of),
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
