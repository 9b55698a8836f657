import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { silentLogger } from "@tradegraph/testkit/test-database";
import { decodeProtectedHeader } from "jose";
import { describe, expect, it } from "vitest";
import { createTokenIssuer, kidOf, type SignedInViewer } from "./token-issuer.ts";
import { openTokenKeys } from "./token-keys.ts";

const newKey = () => generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
const viewer: SignedInViewer = {
  ...{ tenantId: "acme", role: "customer", userId: "a".repeat(24), sessionId: "b".repeat(24), scopes: [] },
};

describe("openTokenKeys", () => {
  it("signs with the first key of the setting, and publishes the others for what they sign or have signed", async () => {
    const all: [KeyObject, KeyObject, KeyObject] = [newKey(), newKey(), newKey()];
    const keys = await openTokenKeys({ privateKeys: all }, silentLogger);
    const issuer = createTokenIssuer({
      ...{ keys, issuer: "tests", audience: "tests", lifetimeSeconds: 60, refreshLifetimeSeconds: 60 },
    });
    const kids = await Promise.all(all.map(kidOf));
    const { accessToken } = await issuer.issue(viewer, Math.floor(Date.now() / 1_000));
    expect(decodeProtectedHeader(accessToken).kid).toBe(kids[0]);
    expect((await issuer.jwks()).keys.map(({ kid }) => kid).sort()).toEqual([...kids].sort());
  });

  it("refuses to start without a key", async () => {
    await expect(openTokenKeys({}, silentLogger)).rejects.toThrow("set JWT_PRIVATE_KEY");
  });
});
