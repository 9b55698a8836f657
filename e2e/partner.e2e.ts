// A partner is let in by the command, calls the graph with its key, and is shut out again.
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import process from "node:process";
import { childEnvironment } from "@tradegraph/devservices/env";
import { operationHash } from "@tradegraph/kit/operation-text";
import { createGraphClient } from "@tradegraph/testkit/graph-client";
import { startGraph, type TestGraph } from "@tradegraph/testkit/start-graph";
import { demoLogins } from "@tradegraph/users/demo-accounts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { demoShop, type DemoShop } from "./demo.ts";

const root = resolve(import.meta.dirname, "..");
let graph: TestGraph;
let shop: DemoShop;
let folder: string;
let signIn: string[];

interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

const run = (args: string[], env: Record<string, string> = {}) =>
  new Promise<Ran>((done) => {
    const options = { cwd: root, env: childEnvironment({ NODE_ENV: "test", GRAPH_URL: graph.url, ...env }) };
    execFile(process.execPath, ["scripts/partner.ts", ...args], options, (error, stdout, stderr) => {
      done({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });

/** Runs a command as the shop's administrator. @throws Error with its words when it fails */
async function partner<T>(...args: string[]): Promise<T> {
  const { code, stdout, stderr } = await run([...signIn, "--json", ...args]);
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as T;
}

const withKey = (apiKey: string) => createGraphClient(graph.url, { apiKey });
const me = "{ me { id } products(first: 1) { nodes { id } } }";
const codeOf = async (apiKey: string) => (await withKey(apiKey).execute(me)).errors?.[0]?.extensions.code;

beforeAll(async () => {
  graph = await startGraph({ seed: true });
  shop = demoShop(graph);
  folder = await mkdtemp(join(tmpdir(), "partner-"));
  const passwordFile = join(folder, "password");
  await writeFile(passwordFile, `${graph.graph.secrets.demoPassword}\n`);
  const admin = demoLogins(shop.plan).find(({ label }) => label === "admin");
  signIn = ["--email", String(admin?.email), "--password-file", passwordFile, "--tenant", shop.plan.tenantId];
});
afterAll(async () => {
  await graph.stop();
  await rm(folder, { recursive: true, force: true });
});

interface Made {
  secret: string;
  apiKey: { id: string; prefix: string };
}

describe("pnpm partner", () => {
  it("lets a partner in with a key, and shuts it out at once", async () => {
    const { id } = await partner<{ id: string }>("create", "--name", "Acme Robots", "--contact", "it@robots.example");
    const { secret, apiKey } = await partner<Made>(
      "key",
      "create",
      id,
      "--name",
      "Robot 1",
      "--allow",
      "127.0.0.0/8",
      "::1",
    );
    const seen = await withKey(secret).expectData<{ me: null; products: { nodes: object[] } }>(me);
    expect(seen).toMatchObject({ me: null, products: { nodes: [{ id: expect.any(String) as string }] } });
    const shown = await partner<{ apiKeys: object[] }>("show", id);
    expect(shown.apiKeys).toMatchObject([{ prefix: apiKey.prefix, lastUsedAt: expect.any(String) as string }]);
    expect(JSON.stringify(shown)).not.toContain(secret);
    await partner("key", "revoke", apiKey.id);
    await expect.poll(() => codeOf(secret)).toBe("UNAUTHENTICATED");
  });

  it("switches all keys of a partner off and on again", async () => {
    const { id } = await partner<{ id: string }>("create", "--name", "On and off", "--contact", "it@off.example");
    const { secret } = await partner<Made>("key", "create", id, "--name", "Only");
    expect(await codeOf(secret)).toBeUndefined();
    await partner("update", id, "--active", "no");
    await expect.poll(() => codeOf(secret)).toBe("UNAUTHENTICATED");
    await partner("update", id, "--active", "yes");
    await expect.poll(() => codeOf(secret)).toBeUndefined();
  });

  it("gives a partner a list of operations, which it calls by id with its key and nobody else does", async () => {
    const { id } = await partner<{ id: string }>("create", "--name", "By id", "--contact", "it@id.example");
    const { secret } = await partner<Made>("key", "create", id, "--name", "Only");
    const body = "query ListedProducts($first: Int!) { products(first: $first) { nodes { id } } }";
    const file = join(folder, "manifest.json");
    await writeFile(file, JSON.stringify({ [operationHash(body)]: body }));
    const upload = ["operations", "upload", id, file, "--name", "2026-11"];
    const pending = await partner<{ id: string; status: string }>(...upload);
    expect(pending.status).toBe("PENDING");
    // An upload that failed half-way is repeated.
    expect(await partner(...upload, "--activate")).toMatchObject({ id: pending.id, status: "ACTIVE" });
    const byId = async (headers: Record<string, string>) => {
      const documentId = `sha256:${operationHash(body)}`;
      const response = await fetch(graph.url, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: JSON.stringify({ documentId, variables: { first: 1 } }),
      });
      return (await response.json()) as { data?: { products: { nodes: object[] } } | null };
    };
    await expect
      .poll(async () => (await byId({ "x-api-key": secret })).data?.products.nodes.length, { timeout: 10_000 })
      .toBe(1);
    const other = await partner<{ id: string }>("create", "--name", "Not by id", "--contact", "it@not.example");
    const stranger = await partner<Made>("key", "create", other.id, "--name", "Only");
    expect((await byId({ "x-api-key": stranger.secret })).data).toBeUndefined();
    expect(await partner("operations", "list", id)).toMatchObject([{ name: "2026-11", status: "ACTIVE" }]);
    const shown = () => partner<{ operations: { name: string; uses: number }[] }>("operations", "show", pending.id);
    expect(await shown()).toMatchObject({ operations: [{ name: "ListedProducts" }] });
    // The gateway says every half minute what was used.
    const usesTold = async () => (await shown()).operations[0]?.uses;
    await expect.poll(usesTold, { timeout: 45_000, interval: 2_000 }).toBeGreaterThan(0);
    await expect(partner("operations", "retire", pending.id)).rejects.toThrow("Still in use");
    expect((await byId({ "x-api-key": secret })).data).toBeDefined();
    await partner("operations", "retire", pending.id, "--force");
    await expect.poll(async () => (await byId({ "x-api-key": secret })).data, { timeout: 10_000 }).toBeUndefined();
  }, 90_000);

  it("hands a partner its page, at the gateway and as a file, with calls that work", async () => {
    const { id } = await partner<{ id: string }>("create", "--name", "Read & Write", "--contact", "it@page.example");
    const { secret } = await partner<Made>("key", "create", id, "--name", "Only");
    const file = join(folder, "page.json");
    const body = "query PagedProducts($first: Int!) { products(first: $first) { nodes { id name } } }";
    await writeFile(file, JSON.stringify({ [operationHash(body)]: body }));
    const list = await partner<{ id: string }>("operations", "upload", id, file, "--name", "2026-11", "--activate");
    const page = async () => {
      const response = await fetch(graph.url.replace("/graphql", "/partner"), { headers: { "x-api-key": secret } });
      return { status: response.status, html: await response.text() };
    };
    await expect.poll(async () => (await page()).html, { timeout: 10_000 }).toContain("PagedProducts");
    const { status, html } = await page();
    expect([status, html]).toEqual([200, expect.stringContaining("<h1>Read &amp; Write</h1>")]);
    const made = await partner<{ file: string }>("page", id, "--out", join(folder, "pages"), "--public-url", graph.url);
    expect(made.file).toBe(join(folder, "pages", "read-write.html"));
    const handedOut = await readFile(made.file, "utf8");
    expect(handedOut).toContain('<span class="tag">costs up to ');
    expect(handedOut).not.toMatch(/points are left|as often as you like/);
    for (const text of [html, handedOut]) {
      const [, data = ""] = /--data &#39;(\{.*?\})&#39;<\/code>/s.exec(text) ?? [];
      const response = await fetch(graph.url, {
        method: "POST",
        headers: { "content-type": "application/json", "x-api-key": secret },
        body: data.replaceAll("&quot;", '"'),
      });
      expect(await response.json()).toMatchObject({ data: { products: { nodes: expect.any(Array) as object[] } } });
    }
    const again = await run([...signIn, "page", id, "--out", join(folder, "pages")]);
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining("replace it with --force")]);
    await partner("page", id, "--out", join(folder, "pages"), "--force");
    await partner("operations", "retire", list.id, "--force");
  });

  it("tells a pipeline what a schema would break, and for whom", async () => {
    const { id } = await partner<{ id: string }>("create", "--name", "Checked", "--contact", "it@checked.example");
    const [file, schema] = [join(folder, "relay.json"), join(folder, "schema.graphql")];
    await writeFile(file, JSON.stringify({ mine: "query Mine { me { id } }" }));
    await writeFile(schema, "type Query { products: Int }");
    const list = await partner<{ id: string }>("operations", "upload", id, file, "--name", "v1");
    expect((await run([...signIn, "check", "--schema", schema])).code).toBe(0);
    await partner("operations", "activate", list.id);
    const good = await run([...signIn, "check"]);
    expect([good.code, good.stdout]).toEqual([0, expect.stringContaining("0 faults.")]);
    const bad = await run([...signIn, "check", "--schema", schema]);
    expect(bad.code).toBe(1);
    expect(bad.stdout).toContain('Checked, list v1 (active), Mine: Cannot query field "me" on type "Query".');
    await writeFile(file, JSON.stringify({ mine: "query Mine { nothing }" }));
    const refused = await run([...signIn, "operations", "upload", id, file, "--name", "v2"]);
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining("Mine: Cannot query field")]);
    const reviews = "reviews(first: 100) { nodes { id product { id } } }";
    await writeFile(file, JSON.stringify({ mine: `query Much { products(first: 100) { nodes { id ${reviews} } } }` }));
    const much = await run([...signIn, "operations", "upload", id, file, "--name", "v3"]);
    expect([much.code, much.stderr]).toEqual([1, expect.stringMatching(/^Much: It costs \d+ points or more/)]);
    expect(await partner<{ name: string }[]>("operations", "list", id)).not.toContainEqual(
      expect.objectContaining({ name: "v3" }),
    );
    const strict = await run([...signIn, "check"], { LIMIT_DEPTH: "1" });
    expect([strict.code, strict.stdout]).toEqual([
      1,
      expect.stringContaining("Mine: An operation may be at most 1 fields deep"),
    ]);
    await partner("operations", "retire", list.id, "--force");
  });

  it("prints a key alone on standard output, once", async () => {
    const { id } = await partner<{ id: string }>("create", "--name", "Plain", "--contact", "it@plain.example");
    const { stdout, stderr } = await run([...signIn, "key", "create", id, "--name", "One"]);
    expect(stdout).toMatch(/^tgk_[0-9a-f]{8}_[\w-]{43}\n$/);
    expect(stderr).not.toContain(stdout.trim());
    expect(stderr).toContain(stdout.slice(0, 12));
  });

  it("lists the seeded partner, and knows a token from the environment", async () => {
    const { token } = await shop.as("admin");
    const { code, stdout } = await run(["list"], { GRAPH_TOKEN: token });
    expect([code, stdout]).toEqual([0, expect.stringContaining("Bolt Procurement")]);
  });

  it("says in a sentence what is wrong, with exit code 1", async () => {
    const { token } = await shop.as("buyer");
    const unknown = "5f5f5f5f5f5f5f5f5f5f5f5f";
    for (const [args, env, words] of [
      [["list"], {}, "Sign in with --email and --password-file, or set GRAPH_TOKEN."],
      [["list"], { GRAPH_TOKEN: token }, "This account may not do that"],
      [["list"], { GRAPH_TOKEN: token, GRAPH_URL: "http://127.0.0.1:9/graphql" }, "Nothing answers at"],
      [[...signIn, "key", "revoke", unknown], {}, "There is no such API key."],
      [[...signIn, "show", unknown], {}, `There is no partner ${unknown}.`],
      [[...signIn, "create", "--name", "X", "--contact", "nobody"], {}, "Give an e-mail address"],
      [[...signIn, "key", "create", unknown, "--name", "X", "--expires", "soon"], {}, "Give a day such as"],
      [["--email", "a@b.example", "--password-file", "/nowhere", "list"], {}, "The file /nowhere cannot be read."],
    ] as [string[], Record<string, string>, string][]) {
      const { code, stdout, stderr } = await run(args, env);
      expect({ args, code, stdout }).toEqual({ args, code: 1, stdout: "" });
      expect(stderr).toContain(words);
    }
  });
});
