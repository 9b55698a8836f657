import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EnvError, parseEnv } from "./env.ts";
import { createKeyManagement, encryptionAlternatives, encryptionEnv } from "./key-management-env.ts";
import { newKeyFileText } from "./key-management-file.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tradegraph-key-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function fileOf(text: string, mode = 0o600): Promise<string> {
  const file = join(folder, randomBytes(4).toString("hex"));
  await writeFile(file, text);
  await chmod(file, mode);
  return file;
}

const open = (source: Record<string, string>) =>
  createKeyManagement(parseEnv(encryptionEnv, source, encryptionAlternatives));

function problemsOf(source: Record<string, string>): string[] {
  try {
    open(source);
  } catch (error) {
    expect(error).toBeInstanceOf(EnvError);
    return (error as EnvError).problems;
  }
  return [];
}

describe("the settings", () => {
  it("name a key file or a KMS key", async () => {
    expect(open({ ENCRYPTION_KEY_FILE: await fileOf(newKeyFileText()) }).name).toMatch(/^file:[0-9a-f]{8}$/);
    const kms = { ENCRYPTION_KMS_KEY_ID: "alias/tradegraph", AWS_REGION: "eu-central-1" };
    expect(open(kms).name).toBe("aws-kms:alias/tradegraph");
  });

  it("name exactly one, and the region of a KMS key", async () => {
    const file = await fileOf(newKeyFileText());
    expect(problemsOf({})).toEqual(["ENCRYPTION_KEY_FILE: is missing; set it or ENCRYPTION_KMS_KEY_ID"]);
    expect(problemsOf({ ENCRYPTION_KEY_FILE: file, ENCRYPTION_KMS_KEY_ID: "k" })).toEqual([
      "ENCRYPTION_KMS_KEY_ID: is set besides ENCRYPTION_KEY_FILE; set one of them",
    ]);
    expect(problemsOf({ ENCRYPTION_KMS_KEY_ID: "k" })).toEqual([expect.stringContaining("AWS_REGION: is missing")]);
  });

  it("refuse a file that others may read, that is missing or holds no key, and never show its content", async () => {
    const text = newKeyFileText();
    for (const mode of [0o640, 0o604, 0o644]) {
      expect(problemsOf({ ENCRYPTION_KEY_FILE: await fileOf(text, mode) })[0]).toMatch(/only its owner.*chmod 600/);
    }
    expect(problemsOf({ ENCRYPTION_KEY_FILE: join(folder, "none") })[0]).toMatch(/file that can be read/);
    for (const wrong of ["", "c2hvcnQ=", `${text.trim()}!`, randomBytes(33).toString("base64")]) {
      const [problem] = problemsOf({ ENCRYPTION_KEY_FILE: await fileOf(wrong) });
      expect(problem).toMatch(/32 random bytes/);
      if (wrong !== "") expect(problem).not.toContain(wrong);
    }
  });
});

describe("a key file", () => {
  const context = { application: "tradegraph", service: "users", keyId: "f0001" };

  it("unwraps what it wrapped, for the same context in any order", async () => {
    const management = open({ ENCRYPTION_KEY_FILE: await fileOf(newKeyFileText()) });
    const key = randomBytes(32);
    const wrapped = await management.wrap(key, context);
    expect(wrapped).not.toContain(key.toString("base64url"));
    const reordered = Object.fromEntries(Object.entries(context).reverse());
    expect(Buffer.from(await management.unwrap(wrapped, reordered))).toEqual(key);
  });

  it("refuses another context and another key", async () => {
    const [one, other] = await Promise.all(
      [1, 2].map(async () => open({ ENCRYPTION_KEY_FILE: await fileOf(newKeyFileText()) })),
    );
    const wrapped = await one!.wrap(randomBytes(32), context);
    await expect(one!.unwrap(wrapped, { ...context, service: "orders" })).rejects.toThrow();
    await expect(other!.unwrap(wrapped, context)).rejects.toThrow();
    expect(one!.name).not.toBe(other!.name);
  });
});
