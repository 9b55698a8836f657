// Tries of passwords and guesses at credentials are limited by address, whatever they are tried for.
import { describe, expect, it, onTestFinished } from "vitest";
import { startIssuer } from "./issuer.ts";
import { booksQuery as query, from, newAddress, startAlone as start, statuses } from "./rate-limit-stage.ts";

describe("rate limits for sign-ins", () => {
  const login = (email: string) => `login(input: { email: "${email}", password: "x" }) { id }`;

  it("count each field, whatever its alias, and in fragments", async () => {
    const gateway = await start({ signIns: 5 });
    const address = from(newAddress());
    const fields = Array.from({ length: 4 }, (_, n) => `a${n}: ${login(`p${n}@example.com`)}`).join(" ");
    // The test's graph has no such mutation: what is not refused by the limit is no valid document.
    expect((await gateway.post({ query: `mutation { ${fields} }` }, address)).status).toBe(400);
    const inFragment = `mutation { ...F ...F } fragment F on Mutation { ${login("q@example.com")} }`;
    expect((await gateway.post({ query: inFragment }, address)).status).toBe(429);
    expect((await gateway.post({ query: `mutation { ${login("r@example.com")} }` }, address)).status).toBe(400);
    expect((await gateway.post({ query: `mutation { ${login("r@example.com")} }` }, address)).status).toBe(429);
    expect((await gateway.post({ query }, address)).status).toBe(200);
  });

  it("tell who sends more than ever fits to wait no longer than others", async () => {
    const gateway = await start({ signIns: 10 });
    const fields = Array.from({ length: 90 }, (_, n) => `a${n}: ${login("p@example.com")}`).join(" ");
    const { status, headers } = await gateway.post({ query: `mutation { ${fields} }` }, from(newAddress()));
    expect(status).toBe(429);
    // In a day all ten come back.
    expect(Number(headers.get("retry-after"))).toBeLessThan(86_400);
  });

  it("keep nobody out of an account that others try, from however many addresses", async () => {
    const gateway = await start({ signIns: 10, accountSignIns: 3 });
    const tryFrom = (address: string) =>
      gateway.post({ query: `mutation { ${login("victim@example.com")} }` }, from(address));
    for (let n = 0; n < 50; n += 1) expect((await tryFrom(`198.51.100.${n % 5}`)).status).toBe(400);
    expect((await tryFrom("198.51.100.1")).status).toBe(429);
    expect((await tryFrom("203.0.113.9")).status).toBe(400);
  });

  it("count a user who is signed in from everywhere", async () => {
    const issuer = await startIssuer();
    onTestFinished(issuer.stop);
    const gateway = await start({ accountSignIns: 3 }, { tokens: issuer.rules });
    const authorization = `Bearer ${await issuer.token()}`;
    const change = (n: number) =>
      gateway.post({ query: "mutation { passwordChange { id } }" }, { authorization, ...from(`198.51.100.${n}`) });
    for (let n = 0; n < 3; n += 1) expect((await change(n)).status).toBe(400);
    expect((await change(9)).status).toBe(429);
  });

  it("count all networks of an IPv6 site, three times as much as one", async () => {
    const gateway = await start({ signIns: 2 });
    let n = 0;
    const tryOnce = () =>
      gateway.post({ query: `mutation { ${login("s@example.com")} }` }, from(`2001:db8:2:${(n += 1).toString(16)}::1`));
    const count = await statuses(12, tryOnce);
    expect([count(400), count(429)]).toEqual([6, 6]);
  });

  it("see a mutation through escapes of JSON", async () => {
    const gateway = await start({ signIns: 1 });
    const address = from(newAddress());
    const body = `{"query":"\\u006dutation { ${login("e@example.com").replaceAll('"', '\\"')} }"}`;
    const send = () =>
      gateway.send({ method: "POST", headers: { "content-type": "application/json", ...address }, body });
    expect((await send()).status).toBe(400);
    expect((await send()).status).toBe(429);
  });
});

describe("rate limits for guesses", () => {
  it("refuse an address that sends many unknown tokens, and nobody else", async () => {
    const gateway = await start({ failures: 5 });
    const send = (address: string) => gateway.post({ query }, { authorization: "Bearer nonsense", ...from(address) });
    for (let n = 0; n < 5; n += 1) expect((await send("203.0.113.1")).status).toBe(401);
    await expect.poll(async () => (await send("203.0.113.1")).status).toBe(429);
    expect((await send("203.0.113.2")).status).toBe(401);
    expect((await gateway.post({ query }, from("203.0.113.1"))).status).toBe(200);
  });

  it("refuse an IPv6 site that sends them from ever new networks", async () => {
    const gateway = await start({ failures: 2 });
    let n = 0;
    const send = (site: string) =>
      gateway.post(
        { query },
        { authorization: "Bearer nonsense", ...from(`2001:db8:${site}:${(n += 1).toString(16)}::1`) },
      );
    for (; n < 6;) expect((await send("4")).status).toBe(401);
    await expect.poll(async () => (await send("4")).status).toBe(429);
    expect((await send("5")).status).toBe(401);
  });
});
