import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { createKmsKeyManagement } from "../src/key-management-kms.ts";
import { type KeyManagement } from "../src/key-management.ts";
import { type KmsServer, startKmsServer } from "./kms-server.ts";

let kms: KmsServer;
let management: KeyManagement;
const context = { application: "tradegraph", service: "users", keyId: "f0001", purpose: "fields" };

beforeAll(async () => {
  kms = await startKmsServer();
  vi.stubEnv("AWS_ENDPOINT_URL_KMS", kms.url);
  vi.stubEnv("AWS_ACCESS_KEY_ID", "test");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "test");
  management = createKmsKeyManagement({ keyId: "alias/tradegraph", region: "eu-central-1" });
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await kms.stop();
});
beforeEach(() => {
  kms.calls.length = 0;
  kms.failures.length = 0;
});

it("wraps and unwraps by KMS, naming key and context in signed requests", async () => {
  const key = randomBytes(32);
  const wrapped = await management.wrap(key, context);
  expect(Buffer.from(await management.unwrap(wrapped, context))).toEqual(key);
  expect(kms.calls.map(({ target }) => target)).toEqual(["TrentService.Encrypt", "TrentService.Decrypt"]);
  for (const { body, authorization } of kms.calls) {
    expect(body).toMatchObject({ KeyId: "alias/tradegraph", EncryptionContext: context });
    expect(authorization).toMatch(/^AWS4-HMAC-SHA256 .*\/eu-central-1\/kms\//);
  }
});

it("refuses what was wrapped for another context, without trying again", async () => {
  const wrapped = await management.wrap(randomBytes(32), context);
  await expect(management.unwrap(wrapped, { ...context, service: "orders" })).rejects.toMatchObject({
    name: "InvalidCiphertextException",
  });
  expect(kms.calls).toHaveLength(2);
});

it("tries again when KMS is throttled, and gives up in the end", async () => {
  const key = randomBytes(32);
  const wrapped = await management.wrap(key, context);
  kms.failures.push("ThrottlingException", "ThrottlingException");
  expect(Buffer.from(await management.unwrap(wrapped, context))).toEqual(key);
  expect(kms.calls).toHaveLength(4);
  kms.failures.push(...Array.from({ length: 9 }, () => "ThrottlingException"));
  await expect(management.unwrap(wrapped, context)).rejects.toMatchObject({ name: "ThrottlingException" });
});
