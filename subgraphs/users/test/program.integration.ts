import { spawn } from "node:child_process";
import { randomBytes, generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import process from "node:process";
import { openEncryptionKey } from "@tradegraph/devservices/encryption-key";
import { afterAll, beforeAll, expect, inject, it } from "vitest";

const main = resolve(import.meta.dirname, "../src/main.ts");
const privateKey = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({
  type: "pkcs8",
  format: "pem",
});

const folder = mkdtempSync(join(tmpdir(), "tradegraph-users-"));
let encryptionKeyFile: string;
beforeAll(async () => {
  encryptionKeyFile = await openEncryptionKey(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the program itself and gathers what it writes. */
function start(settings: Record<string, string>) {
  const child = spawn(process.execPath, [main], {
    // As in production: in tests Apollo leaves signals alone.
    env: {
      NODE_ENV: "production",
      HOST: "127.0.0.1",
      PORT: "0",
      INTERNAL_SIGNING_KEYS: `test:${randomBytes(32).toString("hex")}`,
      MONGODB_URI: inject("mongoUri"),
      MONGODB_DATABASE: "test_users_program",
      JWT_PRIVATE_KEY: privateKey.toString(),
      ENCRYPTION_KEY_FILE: encryptionKeyFile,
      MAIL_FOLDER: join(folder, "mail"),
      MAIL_FROM: "shop@example.com",
      PUBLIC_URL: "https://shop.example",
      ...settings,
    },
  });
  const ended = once(child, "exit") as Promise<[code: number | null, signal: string | null]>;
  const output = { text: "" };
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output.text += String(chunk)));
  return { child, ended, output };
}

it("starts, and stops in order on SIGTERM", async () => {
  const { child, ended, output } = start({});
  await expect.poll(() => output.text, { timeout: 20_000 }).toContain('"msg":"Ready"');
  child.kill("SIGTERM");
  await expect(ended).resolves.toEqual([0, null]);
  expect(output.text).toContain('"msg":"Stopped"');
});

it("does not start with a JWT_SECRET, and names JWT_PRIVATE_KEY", async () => {
  const { ended, output } = start({ JWT_SECRET: "not-telling" });
  await expect(ended).resolves.toEqual([1, null]);
  expect(output.text).toMatch(/JWT_SECRET: .*JWT_PRIVATE_KEY/);
  expect(output.text).not.toContain("not-telling");
});

it("does not start without a key for sealed fields, and names both settings", async () => {
  const { ended, output } = start({ ENCRYPTION_KEY_FILE: "" });
  await expect(ended).resolves.toEqual([1, null]);
  expect(output.text).toContain("ENCRYPTION_KEY_FILE: is missing; set it or ENCRYPTION_KMS_KEY_ID");
});

it("does not start with another key than the one that wrapped its data keys, and says so", async () => {
  const elsewhere = mkdtempSync(join(folder, "other-"));
  const { ended, output } = start({ ENCRYPTION_KEY_FILE: await openEncryptionKey(elsewhere) });
  await expect(ended).resolves.toEqual([1, null]);
  expect(output.text).toMatch(/wrapped by file:[0-9a-f]{8}, the settings name file:[0-9a-f]{8}/);
});
