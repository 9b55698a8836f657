import { execFile } from "node:child_process";
import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { join } from "node:path";
import process from "node:process";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { nextTokenKeys, readTokenKeys } from "./token-keys.ts";

const run = promisify(execFile);
const textOf = (key: KeyObject) => key.export({ type: "pkcs8", format: "pem" }).toString();
const pem = (modulusLength = 2048) => textOf(generateKeyPairSync("rsa", { modulusLength }).privateKey);
const pems = (text: string) => readTokenKeys(text).map(textOf);
const A = pem();

describe("new keys of access tokens", { timeout: 60_000 }, () => {
  it("are published before they sign: a single key goes on to sign", () => {
    const next = pems(nextTokenKeys(A));
    expect(next).toHaveLength(2);
    expect(next[0]).toBe(A);
  });

  it("are known to programs with the value before, and know its key, at every rotation; older ones go", () => {
    let before = A;
    for (let round = 0; round < 4; round++) {
      const after = nextTokenKeys(before);
      expect(pems(before)).toContain(pems(after)[0]);
      expect(pems(after)).toContain(pems(before)[0]);
      expect(pems(after).length).toBeLessThanOrEqual(3);
      before = after;
    }
  });

  it("are as long as the key that signs", () => {
    const [, fresh] = readTokenKeys(nextTokenKeys(pem(3072)));
    expect(fresh?.asymmetricKeyDetails?.modulusLength).toBe(3072);
  });

  it("are what users reads", async () => {
    const text = nextTokenKeys(nextTokenKeys(A));
    const file = join(import.meta.dirname, "../../../../subgraphs/users/src/env.ts");
    const look = `const { readEnv } = await import(${JSON.stringify(file)});
      console.log(JSON.stringify(readEnv().privateKeys.map((key) => key.export({ type: "pkcs8", format: "pem" }))))`;
    const env = {
      ...{ NODE_ENV: "production", MONGODB_URI: "mongodb://db.example", JWT_PRIVATE_KEY: text },
      ...{ INTERNAL_SIGNING_KEYS: `a:${"x".repeat(32)}`, ENCRYPTION_KMS_KEY_ID: "alias/test", AWS_REGION: "us-east-1" },
      ...{ MAIL_URL: "smtps://u:p@mail.example:465", MAIL_FROM: "a@b.example", PUBLIC_URL: "https://shop.example" },
    };
    // In a process of its own: infrastructure imports no program.
    const { stdout } = await run(process.execPath, ["--input-type=module", "-e", look], { env });
    expect(JSON.parse(stdout)).toEqual(pems(text));
  });

  it.each(["", "nonsense", pem(1024), textOf(generateKeyPairSync("ed25519").privateKey), `${A}${pem(1024)}`])(
    "do not follow what is no ring of RSA keys (%#), and the message does not repeat it",
    (text) => {
      expect(() => nextTokenKeys(text)).toThrow(/RSA private key/);
      expect(() => nextTokenKeys(text)).not.toThrow(/BEGIN|nonsense/);
    },
  );
});
