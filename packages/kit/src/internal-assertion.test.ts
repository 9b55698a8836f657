import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { assertionHeaders, assertionWindowMs, signRequest, verifyRequest } from "./internal-assertion.ts";
import { encodeViewer, type Viewer } from "./viewer.ts";

const key = { kid: "k1", secret: "s".repeat(32) };
const next = { kid: "k2", secret: "t".repeat(32) };
const viewer: Viewer = { tenantId: "acme", role: "customer", userId: "5f5f5f5f5f5f5f5f5f5f5f5f", scopes: ["orders"] };
const request = {
  audience: "products",
  method: "POST",
  path: "/graphql",
  body: '{"query":"{ me { id } }"}',
  requestId: "request-1",
};
const signed = () => signRequest([key], viewer, request);
const refusal = (result: ReturnType<typeof verifyRequest>) => ("refused" in result ? result.refused : undefined);

describe("verifyRequest", () => {
  it("believes what was signed", () => {
    const headers = signed();
    expect(verifyRequest([key], headers, request)).toEqual({ viewer, signature: headers["tg-signature"] });
    expect(Object.keys(headers).sort()).toEqual([...assertionHeaders].sort());
  });

  it("takes a body of bytes and a method in any case as the same", () => {
    const same = { ...request, method: "post", body: Buffer.from(request.body) };
    expect(refusal(verifyRequest([key], signed(), same))).toBeUndefined();
  });

  it.each([
    ["receiver", { audience: "orders" }],
    ["method", { method: "GET" }],
    ["path", { path: "/graphql/" }],
    ["body", { body: `${request.body} ` }],
    ["empty body", { body: "" }],
    ["request id", { requestId: "request-2" }],
  ])("refuses another %s", (_, changed) => {
    expect(refusal(verifyRequest([key], signed(), { ...request, ...changed }))).toBe("wrong signature");
  });

  it.each([
    ["viewer", { "tg-viewer": encodeViewer({ ...viewer, role: "admin" }) }],
    ["tenant", { "tg-viewer": encodeViewer({ ...viewer, tenantId: "other" }) }],
    ["time", { "tg-time": String(Date.now() + 1) }],
    ["signature", { "tg-signature": Buffer.alloc(32).toString("base64url") }],
    ["shorter signature", { "tg-signature": "AAAA" }],
    ["key that is known too", { "tg-key": "k2" }],
  ])("refuses another %s", (_, changed) => {
    expect(refusal(verifyRequest([key, next], { ...signed(), ...changed }, request))).toBe("wrong signature");
  });

  it("refuses a key it does not know", () => {
    expect(refusal(verifyRequest([next], signed(), request))).toBe("unknown key");
    expect(refusal(verifyRequest([], signed(), request))).toBe("unknown key");
    expect(refusal(verifyRequest([key], { ...signed(), "tg-key": "__proto__" }, request))).toBe("unknown key");
  });

  it.each(["tg-viewer", "tg-time", "tg-key", "tg-signature"])("refuses a request without %s", (name) => {
    for (const value of [undefined, "", ["a", "b"]]) {
      expect(refusal(verifyRequest([key], { ...signed(), [name]: value }, request))).toBe("assertion missing");
    }
  });

  it.each([
    [-assertionWindowMs - 1, "outside the time window"],
    [-assertionWindowMs, undefined],
    [assertionWindowMs, undefined],
    [assertionWindowMs + 1, "outside the time window"],
  ])("%d ms away is %s", (distance, expected) => {
    const headers = signed();
    const now = Number(headers["tg-time"]) + distance;
    expect(refusal(verifyRequest([key], headers, request, now))).toBe(expected);
  });

  /** What somebody with the key, but without our code, could send. */
  const forge = (time: string, viewerText: string) => {
    const bodyHash = "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU";
    const text = [key.kid, time, "products", "POST", "/graphql", bodyHash, viewerText, "request-1"].join("\n");
    return {
      "tg-viewer": viewerText,
      "tg-time": time,
      "tg-key": key.kid,
      "tg-signature": createHmac("sha256", key.secret).update(text).digest("base64url"),
    };
  };
  const empty = { ...request, body: "" };

  it.each(["1e13", "Infinity", "-1", "NaN", "0x18f", "17000000000000"])(
    "refuses %s as time, rightly signed",
    (time) => {
      expect(refusal(verifyRequest([key], forge(time, encodeViewer(viewer)), empty))).toBe("outside the time window");
    },
  );

  it.each([
    ["no JSON", "nonsense"],
    ["a role that does not exist", encodeViewer({ ...viewer, role: "root" as never })],
    ["a field more", encodeViewer({ ...viewer, isAdmin: true } as never)],
    ["no tenant", encodeViewer({ ...viewer, tenantId: "" })],
    ["a tenant that is no slug", encodeViewer({ ...viewer, tenantId: "a/b" })],
  ])("refuses a viewer with %s, rightly signed", (_, text) => {
    const headers = forge(String(Date.now()), text);
    expect(refusal(verifyRequest([key], headers, empty))).toBe("malformed viewer");
  });

  it("knows one signature by one name, however it is written, so that a replay cannot pass as new", () => {
    const headers = signed();
    const given = headers["tg-signature"] ?? "";
    for (const spelling of [`${given}=`, `${given}!`, ` ${given}`, given.replaceAll("-", "+").replaceAll("_", "/")]) {
      const result = verifyRequest([key], { ...headers, "tg-signature": spelling }, request);
      expect("signature" in result ? result.signature : given).toBe(given);
    }
  });
});

describe("rotation of keys", () => {
  it("signs with the first and verifies with all", () => {
    const old = signRequest([key], viewer, request);
    const fresh = signRequest([next, key], viewer, request);
    expect(fresh["tg-key"]).toBe("k2");
    for (const keys of [
      [key, next],
      [next, key],
    ]) {
      expect(refusal(verifyRequest(keys, old, request))).toBeUndefined();
      expect(refusal(verifyRequest(keys, fresh, request))).toBeUndefined();
    }
    expect(refusal(verifyRequest([next], old, request))).toBe("unknown key");
  });

  it("refuses to sign without a key", () => {
    expect(() => signRequest([], viewer, request)).toThrow("INTERNAL_SIGNING_KEYS");
  });
});
