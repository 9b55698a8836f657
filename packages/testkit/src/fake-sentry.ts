// A server that takes what is sent to Sentry, as its ingest does: it checks the project and the key, and reads envelopes
// (https://develop.sentry.dev/sdk/foundations/envelopes/).
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { closeServer } from "./close-server.ts";

export interface SentryFrame {
  filename: string;
  function?: string;
  lineno?: number;
  in_app: boolean;
}

export interface SentryEvent {
  event_id: string;
  level: string;
  environment: string;
  release?: string;
  message?: string;
  exception?: { values: { type: string; value: string; stacktrace: { frames: SentryFrame[] }; mechanism: object }[] };
  tags: Record<string, string>;
  extra?: Record<string, unknown>;
}

export interface FakeSentry {
  /** With the project and key that it takes. */
  dsn: string;
  /** Requests that came, taken or not. */
  requests: () => number;
  events: SentryEvent[];
  /** Bodies and addresses of all requests, whole. */
  text: () => string;
  /** Instead of taking events. */
  behave: ((response: ServerResponse) => void) | undefined;
  /** Resolves with the events as soon as there are so many; throws after five seconds. */
  atLeast: (count: number) => Promise<SentryEvent[]>;
  stop: () => Promise<void>;
}

const key = "0123456789abcdef0123456789abcdef";
const project = "42";

/** @throws Error for what is no envelope with one event */
function eventOf(body: string): SentryEvent {
  const [header = "", item = "", payload = "", ...rest] = body.split("\n");
  const { event_id } = JSON.parse(header) as { event_id?: string };
  const { type } = JSON.parse(item) as { type?: string };
  const event = JSON.parse(payload) as SentryEvent;
  if (type !== "event" || !/^[\da-f]{32}$/.test(event_id ?? "") || event.event_id !== event_id || rest.join("") !== "")
    throw new Error(`No envelope with one event: ${body}`);
  return event;
}

export async function startFakeSentry(): Promise<FakeSentry> {
  const texts: string[] = [];
  const take = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    texts.push(`${request.url ?? ""} ${JSON.stringify(request.headers)} ${body}`);
    if (sentry.behave) return sentry.behave(response);
    const { pathname, searchParams } = new URL(request.url ?? "", "http://sentry");
    if (request.method !== "POST" || pathname !== `/api/${project}/envelope/`) return response.writeHead(404).end();
    if (searchParams.get("sentry_key") !== key || searchParams.get("sentry_version") !== "7")
      return response.writeHead(403).end();
    const event = eventOf(body);
    sentry.events.push(event);
    return response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ id: event.event_id }));
  };
  const server = createServer((request, response) => {
    take(request, response).catch(() => response.writeHead(400).end());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const sentry: FakeSentry = {
    dsn: `http://${key}@127.0.0.1:${(server.address() as AddressInfo).port}/${project}`,
    requests: () => texts.length,
    events: [],
    text: () => texts.join("\n"),
    behave: undefined,
    async atLeast(count) {
      const until = performance.now() + 5_000;
      while (sentry.events.length < count) {
        if (performance.now() > until)
          throw new Error(`Of ${count} events ${sentry.events.length} came: ${sentry.text()}`);
        await sleep(10);
      }
      return sentry.events;
    },
    stop: () => closeServer(server),
  };
  return sentry;
}
