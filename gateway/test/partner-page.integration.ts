// The page of a partner over HTTP: for its keys, for nobody else's, and what everybody else is told.
import { connect } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { defaultLimits } from "../src/limits/limit-rules.ts";
import { addBookOfA, booksOfA, type PartnerPageStage, startPartnerPageStage } from "./partner-page-stage.ts";
import { limits } from "./rate-limit-stage.ts";
import { startTestGateway } from "./start-gateway.ts";

let stage: PartnerPageStage;
beforeAll(async () => {
  stage = await startPartnerPageStage({ limits: defaultLimits, bodyLimit: 102_400, rateLimit: limits() });
});
beforeEach(() => {
  stage.test.log.length = 0;
});
afterAll(() => stage.stop());

interface Page {
  status: number;
  headers: Headers;
  html: string;
}
const open = async (init: RequestInit = {}, path = "", at = stage): Promise<Page> => {
  const response = await fetch(at.url + path, init);
  return { status: response.status, headers: response.headers, html: await response.text() };
};
const withKey = (key: string, at = stage) => open({ headers: { "x-api-key": key } }, "", at);
const post = (body: string, headers: Record<string, string> = {}, at = stage) =>
  open({ method: "POST", body, headers: { "content-type": "application/x-www-form-urlencoded", ...headers } }, "", at);
const sendKey = (key: string, headers?: Record<string, string>, at = stage) =>
  post(new URLSearchParams({ key }).toString(), headers, at);
const unknownKey = `tgk_0a1b2c3d_${"x".repeat(43)}`;

const isForm = ({ html }: Page) => html.includes('<form method="post" action="/partner">');
const problemIn = ({ html }: Page) => /role="alert"[^>]*>([^<]*)</.exec(html)?.[1];

function expectSafe({ headers }: Page) {
  expect(headers.get("cache-control")).toBe("private, no-store");
  expect(headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(headers.get("content-security-policy")).toMatch(
    /^default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; style-src 'sha256-/,
  );
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  expect(headers.get("x-frame-options")).toBe("DENY");
  expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
  expect(headers.get("referrer-policy")).toBe("same-origin");
  expect(headers.get("access-control-allow-origin")).toBeNull();
  expect(headers.get("x-request-id")).toBeTruthy();
}

describe("the page", () => {
  it("asks for a key where none is sent", async () => {
    const page = await open();
    expect([page.status, isForm(page), problemIn(page)]).toEqual([200, true, undefined]);
    expectSafe(page);
  });

  it.each([
    ["the header", () => withKey(stage.keyOfA)],
    ["the form", () => sendKey(stage.keyOfA)],
    ["the form, with spaces that were copied along", () => sendKey(`  ${stage.keyOfA}\n`)],
  ])("is shown for a key in %s", async (_where, ask) => {
    const page = await ask();
    expect(page.status).toBe(200);
    expectSafe(page);
    expect(page.html).toContain("<h1>Bolt Robots</h1>");
    for (const { id } of [booksOfA, addBookOfA]) expect(page.html).toContain(`Id <code>${id}</code>`);
    expect(page.html).toContain(`curl &#39;${stage.test.url}&#39;`);
    expect(page.html).toContain("&quot;title&quot;: &quot;example title&quot;");
    expect(page.html).not.toContain(stage.keyOfA);
  });

  it("has examples after calls, too, for which Apollo Server changes the schema", async () => {
    const other = await startPartnerPageStage();
    try {
      const call = await other.test.post({ documentId: booksOfA.id }, { "x-api-key": other.keyOfA });
      expect(call.body.data).toHaveProperty("books");
      const { html } = await withKey(other.keyOfA, other);
      expect(html).toContain("&quot;books&quot;: [");
      expect(html).toContain("&quot;addBook&quot;: {");
    } finally {
      await other.stop();
    }
  });

  it("tells limits, quota, versions and changes", async () => {
    const { html } = await withKey(stage.keyOfA);
    expect(html).toMatch(/Bytes of a request<\/th><td class="n">102,400/);
    expect(html).toMatch(/Points that one operation may cost<\/th><td class="n">10,000/);
    const left = /<strong>([\d,]+) of 1,000 points are left/.exec(html)?.[1];
    const before = Number(left);
    expect(before).toBeGreaterThan(0);
    expect(Number(/<strong>([\d,]+) of/.exec((await withKey(stage.keyOfA)).html)?.[1])).toBeLessThan(before);
    expect(html).toContain('<span class="tag">2026-11</span>');
    expect(html).toMatch(/2027-01<\/h3> <span class="tag">not active yet<\/span>/);
    expect(html).toContain("<dl><dt>New</dt><dd>BooksOfA, AddBook</dd></dl>");
    expect(html).toContain("<dl><dt>Not to be sent any more</dt><dd>OfBefore</dd></dl>");
  });

  it("of one partner shows nothing of another, whatever was asked before", async () => {
    const [a, b] = await Promise.all([withKey(stage.keyOfA), withKey(stage.keyOfB)]);
    expect(a.html).not.toMatch(/ScoreOfB|b\.score|Söhne/);
    expect(b.html).not.toMatch(new RegExp(`BooksOfA|AddBook|${booksOfA.id}|Bolt Robots`));
    const again = await sendKey(stage.keyOfB, { "x-api-key": stage.keyOfA });
    expect(again.html).toContain("ScoreOfB");
    expect(again.html).not.toContain("BooksOfA");
  });

  it("has names and texts as they were written, and says what no longer fits the graph", async () => {
    const { html } = await withKey(stage.keyOfB);
    expect(html).not.toMatch(/<img|<script/);
    expect(html).toContain("<h1>&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp; Söhne</h1>");
    expect(html).toContain("&lt;/code&gt;&lt;script&gt;alert(1)");
    expect(html).toContain("Cannot query field &quot;whatWasHere&quot; on type &quot;Query&quot;.</li>");
  });

  it("answers HEAD like GET, without the page", async () => {
    const page = await open({ method: "HEAD", headers: { "x-api-key": stage.keyOfA } });
    expect([page.status, page.html]).toEqual([200, ""]);
    expect(Number(page.headers.get("content-length"))).toBeGreaterThan(5_000);
    expectSafe(page);
  });

  it("calls the endpoint as its operator does, where that is set", async () => {
    const other = await startPartnerPageStage({ publicUrl: "https://api.shop.example/graphql" });
    try {
      const { html } = await withKey(other.keyOfA, other);
      expect(html).toContain("curl &#39;https://api.shop.example/graphql&#39;");
      expect(html).toContain("You may call as often as you like.");
      const page = await sendKey(other.keyOfA, { origin: "https://api.shop.example" }, other);
      expect(page.status).toBe(200);
    } finally {
      await other.stop();
    }
  });

  it("is not there where keys or operations by id are not", async () => {
    const test = await startTestGateway();
    expect((await test.send({ path: "/partner" })).status).toBe(404);
    await test.stop();
  });
});

describe("whoever sends something else", () => {
  it.each([
    ["an unknown key", () => sendKey(unknownKey), 401, /does not count here/],
    ["an unknown key in the header", () => withKey(unknownKey), 401, /does not count here/],
    ["no key at all", () => sendKey("<script>ü\u0000"), 401, /does not count here/],
    ["an ended partner", () => withKey(stage.keyOfNobody), 404, /no such partner/],
    ["an empty form", () => post(""), 400, /Type your API key/],
    ["a form without a key", () => post("other=1&%%%=%zz"), 400, /Type your API key/],
    ["two keys", () => post("key=a&key=b"), 400, /more than one key/],
    ["too much", () => post(`key=${"x".repeat(5_000)}`), 413, /longer than a key/],
    ["JSON", () => post("{}", { "content-type": "application/json" }), 415, /application\/x-www-form-urlencoded/],
    ["no type", () => post("key=a", { "content-type": "" }), 415, /application\/x-www-form-urlencoded/],
    ["compressed bytes", () => post("key=a", { "content-encoding": "gzip" }), 415, /urlencoded/],
    ["a key in the address", () => open({}, `?key=${stage.keyOfA}`), 400, /must not stand in an address/],
    ["a token besides", () => sendKey(stage.keyOfA, { authorization: "Bearer x" }), 400, /not both/],
    ["another shop's name", () => sendKey(stage.keyOfA, { "x-tenant-id": "zeta" }), 400, /another marketplace/],
    ["PUT", () => open({ method: "PUT", body: "key=a" }), 405, /Open this page/],
    ["OPTIONS", () => open({ method: "OPTIONS" }), 405, /Open this page/],
  ] as [string, () => Promise<Page>, number, RegExp][])(
    "%s gets the form with a reason",
    async (_what, ask, status, reason) => {
      const page = await ask();
      expect([page.status, isForm(page)]).toEqual([status, true]);
      expect(problemIn(page)).toMatch(reason);
      expectSafe(page);
      expect(page.html).not.toMatch(/BooksOfA|ScoreOfB/);
      if (status === 405) expect(page.headers.get("allow")).toBe("GET, HEAD, POST");
      if (status === 401) expect(page.headers.get("www-authenticate")).toContain("Bearer");
    },
  );

  it("gets the same for a key that has expired as for one that never was", async () => {
    const { secret } = stage.users.addKey({ expiresAt: "2001-01-01T00:00:00.000Z" });
    const [expired, unknown] = [await sendKey(secret), await sendKey(unknownKey)];
    expect([expired.status, expired.html]).toEqual([401, unknown.html]);
  });

  it.each([
    [{ "sec-fetch-site": "cross-site" }, 403],
    [{ "sec-fetch-site": "same-site" }, 403],
    [{ origin: "https://evil.example" }, 403],
    [{ origin: "null" }, 403],
    [{ "sec-fetch-site": "same-origin", origin: "null" }, 200],
    [{ "sec-fetch-site": "none" }, 200],
    [{}, 200],
  ] as [Record<string, string>, number][])("as a form with %j gets %i", async (headers, status) => {
    const page = await sendKey(stage.keyOfA, headers);
    expect(page.status).toBe(status);
    expect(isForm(page)).toBe(status === 403);
  });

  it("from this very host is let in by its origin, with TLS in front or not", async () => {
    const { host } = new URL(stage.url);
    for (const scheme of ["http", "https"])
      expect((await sendKey(stage.keyOfA, { origin: `${scheme}://${host}` })).status).toBe(200);
  });

  it("is told when a host is none", async () => {
    const { port } = new URL(stage.url);
    for (const host of ["a<b>", "x y", "'; rm -rf /", "a/b", "user@host"]) {
      const answer = await new Promise<string>((resolve, reject) => {
        const socket = connect(Number(port), "127.0.0.1");
        let text = "";
        socket.on("data", (chunk: Buffer) => (text += chunk.toString()));
        socket
          .on("close", () => {
            resolve(text);
          })
          .on("error", reject);
        socket.write(
          `GET /partner HTTP/1.1\r\nhost: ${host}\r\nx-api-key: ${stage.keyOfA}\r\nconnection: close\r\n\r\n`,
        );
      });
      expect(answer).toMatch(/^HTTP\/1.1 400 /);
      expect(answer).toContain("is not a host name");
      expect(answer).not.toContain(host);
    }
  });
});

it("leaves no key in the log, right or wrong", async () => {
  const before = stage.test.log.length;
  await sendKey(stage.keyOfA);
  await withKey(stage.keyOfB);
  await sendKey(unknownKey);
  await open({}, `?key=${stage.keyOfA}`);
  expect(stage.test.log.length).toBeGreaterThan(before);
  const log = stage.test.log.join("\n");
  for (const key of [stage.keyOfA, stage.keyOfB, unknownKey]) expect(log).not.toContain(key.slice(4));
});

describe("limits", () => {
  it("hold who guesses at keys, together with guesses at the endpoint", async () => {
    const other = await startPartnerPageStage({ rateLimit: limits({ failures: 6 }) });
    try {
      const tries: number[] = [];
      for (let at = 0; at < 8; at += 1) {
        const key = `tgk_0a1b2c3d_${String(at).repeat(43)}`;
        tries.push(
          at % 2 === 0
            ? (await sendKey(key, {}, other)).status
            : (await other.test.post({}, { "x-api-key": key })).status,
        );
      }
      expect(tries.slice(0, 3)).toEqual([401, 401, 401]);
      expect(tries.at(-1)).toBe(429);
      const page = await sendKey(unknownKey, {}, other);
      expect([page.status, isForm(page)]).toEqual([429, true]);
      expect(problemIn(page)).toContain("Too many");
      expect(Number(page.headers.get("retry-after"))).toBeGreaterThan(0);
    } finally {
      await other.stop();
    }
  });

  it("hold who loads the page over and over", async () => {
    const other = await startPartnerPageStage({ rateLimit: limits({ partnerPoints: 55, instances: 1 }) });
    try {
      const statuses: number[] = [];
      for (let at = 0; at < 8; at += 1) statuses.push((await withKey(other.keyOfA, other)).status);
      expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429, 429]);
      expect((await withKey(other.keyOfB, other)).status).toBe(200);
    } finally {
      await other.stop();
    }
  });
});

it("says so while users is away, and comes back with it", async () => {
  const other = await startPartnerPageStage();
  try {
    expect((await withKey(other.keyOfA, other)).status).toBe(200);
    await other.users.stop();
    await expect.poll(async () => (await withKey(other.keyOfA, other)).status, { timeout: 10_000 }).toBe(503);
    const page = await withKey(other.keyOfA, other);
    expect(isForm(page)).toBe(true);
    expect(problemIn(page)).toMatch(/Nobody can tell at the moment/);
    expect(page.headers.get("retry-after")).toBe("5");
    await other.users.start();
    await expect.poll(async () => (await withKey(other.keyOfA, other)).status, { timeout: 10_000 }).toBe(200);
  } finally {
    await other.stop();
  }
});
