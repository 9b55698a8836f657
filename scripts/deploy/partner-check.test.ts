import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readEnv } from "./env.ts";
import { openPartnerCheck } from "./partner-check.ts";
import { partnerCredentials, type ReadSecret } from "./partner-credentials.ts";

/** Stands for `pnpm partner`: writes down how it was called, and ends with the code that the tenant names. */
const program = `
import { readFileSync, writeFileSync, statSync } from "node:fs";
const args = process.argv.slice(2);
const after = (name) => args[args.indexOf(name) + 1];
const file = args.includes("--password-file") ? after("--password-file") : undefined;
const password = file && readFileSync(file, "utf8");
writeFileSync(process.argv[1] + ".json", JSON.stringify({
  args, file, password, mode: file && statSync(file).mode & 0o777,
  env: Object.entries(process.env).filter(([name]) => name.startsWith("PARTNER_CHECK") || name === "GRAPH_TOKEN"),
}));
process.exitCode = args.includes("--tenant") ? Number(after("--tenant")) : 0;
`;
interface Call {
  args: string[];
  file?: string;
  password?: string;
  mode?: number;
  env: [string, string][];
}

describe("the check of partners before a release", () => {
  let folder: string;
  let fake: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "partner-check-test-"));
    fake = join(folder, "partner.ts");
    await writeFile(fake, program);
  });
  afterEach(() => rm(folder, { recursive: true }));
  const said: string[] = [];
  const say = (line: string) => void said.push(line);
  const noSecrets = () => Promise.resolve(undefined);
  const opened = async (env: Record<string, string>, readSecret: ReadSecret = noSecrets) =>
    openPartnerCheck(await partnerCredentials(readEnv(env), readSecret), { say }, fake);
  const check = async (env: Record<string, string>, readSecret?: ReadSecret) => {
    await (
      await opened(env, readSecret)
    )?.("https://stack.example/graphql");
    return JSON.parse(await readFile(`${fake}.json`, "utf8")) as Call;
  };
  const login = { PARTNER_CHECK_EMAIL: "ci@shop.example", PARTNER_CHECK_PASSWORD: "secret words" };

  it("signs in by a file that is gone afterwards, and asks the stack's graph about the schema of this tree", async () => {
    const { args, file = "", password, mode, env } = await check(login);
    expect(args.slice(0, 4)).toEqual(["--url", "https://stack.example/graphql", "--email", "ci@shop.example"]);
    expect(args.slice(-3, -1)).toEqual(["check", "--schema"]);
    expect(args.at(-1)).toMatch(/schema\/generated\/api\.graphql$/);
    expect([password, mode]).toEqual(["secret words", 0o600]);
    expect(args.join(" ")).not.toContain("secret");
    expect(env).toEqual([]);
    await expect(stat(file)).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("asks another address and marketplace where told, and takes an access token", async () => {
    const token = { PARTNER_CHECK_TOKEN: "token", PARTNER_CHECK_TENANT: "0" };
    const { args, env } = await check({ ...token, PARTNER_CHECK_URL: "https://shop.example/graphql" });
    expect(args.slice(0, 4)).toEqual(["--url", "https://shop.example/graphql", "--tenant", "0"]);
    expect(args).not.toContain("--email");
    expect(env).toEqual([["GRAPH_TOKEN", "token"]]);
  });

  it("stops the release when the command says no", async () => {
    await expect(check({ ...login, PARTNER_CHECK_TENANT: "1" })).rejects.toMatchObject({ ending: "notStarted" });
  });

  it("looks in every marketplace of a list, also after one that says no, and names those", async () => {
    const staff = { email: "ci@shop.example", password: "secret words" };
    const list = ["1", "0", "2"].map((tenant) => ({ ...staff, tenant }));
    said.length = 0;
    const refused = check({ PARTNER_CHECKS: JSON.stringify(list) });
    await expect(refused).rejects.toThrow(/marketplace 1\n {2}https:\/\/stack\.example\/graphql, marketplace 2/);
    await expect(refused).rejects.not.toThrow(/marketplace 0/);
    expect(said).toHaveLength(3);
    expect(said.join()).not.toContain("secret");
  });

  it("takes the list out of the secret that a stack has for it, and other addresses in it", async () => {
    const secrets = { "tradegraph-prod/PARTNER_CHECKS": '{ "token": "t", "url": "https://shop.example/graphql" }' };
    const readSecret = (name: string) => Promise.resolve((secrets as Record<string, string>)[name]);
    const { args, env } = await check({ PARTNER_CHECKS_FROM: "tradegraph-prod/PARTNER_CHECKS" }, readSecret);
    expect(args.slice(0, 2)).toEqual(["--url", "https://shop.example/graphql"]);
    expect(env).toContainEqual(["GRAPH_TOKEN", "t"]);
    expect(await opened({ PARTNER_CHECKS_FROM: "tradegraph-prod/empty" }, readSecret)).toBeUndefined();
  });

  it.each(["secret words", '[{ "email": "ci@shop.example" }]', '[{ "pasword": "secret words" }]'])(
    "says what a list looks like instead of %s, and nothing of what stands in it",
    async (list) => {
      const error = (await opened({ PARTNER_CHECKS: list }).catch((error: unknown) => error)) as Error;
      expect(error).toMatchObject({
        ending: "notStarted",
        message: expect.stringContaining("PARTNER_CHECKS is no list"),
      });
      expect(error.message).not.toContain("secret words");
    },
  );

  it("is nothing without a credential, and refuses half of one; empty variables are none", async () => {
    expect(await opened({})).toBeUndefined();
    const empty = { PARTNER_CHECK_EMAIL: "", PARTNER_CHECK_PASSWORD: "", PARTNER_CHECK_URL: "", PARTNER_CHECKS: "" };
    expect(await opened(empty)).toBeUndefined();
    await expect(opened({ PARTNER_CHECK_EMAIL: "ci@shop.example" })).rejects.toThrow("belong together");
  });
});
