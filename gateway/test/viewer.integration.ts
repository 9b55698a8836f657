import { exportSPKI, generateKeyPair, importJWK, SignJWT, UnsecuredJWT } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { claims, companyId, sessionId, startIssuer, type TestIssuer, userId } from "./issuer.ts";
import { startTestGateway, type TestGateway } from "./start-gateway.ts";

const query = "{ whoami }";
let test: TestGateway;
let issuer: TestIssuer;

beforeAll(async () => {
  issuer = await startIssuer();
  test = await startTestGateway({
    tokens: issuer.rules,
    tenants: { hosts: { "zeta.example": "zeta" }, trustHeader: true, fallback: "acme" },
  });
});
afterAll(async () => {
  await test.stop();
  issuer.stop();
});

const token: TestIssuer["token"] = (payload, header) => issuer.token(payload, header);

const ask = (bearer: string, headers = {}) => test.post({ query }, { authorization: `Bearer ${bearer}`, ...headers });
const viewerIn = ({ body }: Awaited<ReturnType<typeof ask>>) => JSON.parse(String(body.data?.whoami)) as object;

describe("a valid access token", () => {
  it("makes the viewer that subgraphs see", async () => {
    expect(viewerIn(await ask(await token()))).toMatchObject({
      ...{ tenantId: "acme", role: "customer", userId, companyId, sessionId },
      scopes: ["orders:read", "orders:write"],
    });
  });

  it("goes on when the issuer is away, once its keys are known", async () => {
    await ask(await token());
    issuer.stop();
    expect((await ask(await token())).status).toBe(200);
    await issuer.start();
  });
});

it("says that a newer key cannot be looked up while the issuer is away", async () => {
  const away = await startIssuer();
  const gateway = await startTestGateway({ tokens: { ...away.rules, keysCacheMs: 1 } });
  const statusOf = async (bearer: string) => {
    const { status } = await gateway.post({ query }, { authorization: `Bearer ${bearer}` });
    return status;
  };
  expect(await statusOf(await away.token())).toBe(200);
  away.stop();
  expect(await statusOf(await away.token())).toBe(200);
  expect(await statusOf(await away.token({}, { kid: "two" }))).toBe(503);
  await gateway.stop();
});

/** Another's key, and a token that says where to find it. */
async function withForeignKey(header: (publicJwk: object) => object) {
  const foreign = await startIssuer();
  const forged = await foreign.token({}, header({ ...foreign.publicJwk, url: foreign.jwksUrl }));
  foreign.stop();
  return forged;
}

/** Signed with the public key as if it were a shared secret. */
const hs256 = (secret: string) =>
  new SignJWT({ ...claims })
    .setProtectedHeader({ alg: "HS256", kid: "one", typ: "at+jwt" })
    .setIssuedAt()
    .setExpirationTime("5m")
    .sign(new TextEncoder().encode(secret));

/** A valid token with another payload under the same signature. */
async function withOtherPayload() {
  const [head, payload = "", signature] = (await token()).split(".");
  const changed = { ...(JSON.parse(Buffer.from(payload, "base64url").toString()) as object), role: "admin" };
  return [head, Buffer.from(JSON.stringify(changed)).toString("base64url"), signature].join(".");
}

async function signedBy(alg: string) {
  const { privateKey } = await generateKeyPair(alg);
  const header = { alg, kid: "one", typ: "at+jwt" };
  return new SignJWT({ ...claims }).setProtectedHeader(header).setIssuedAt().setExpirationTime("5m").sign(privateKey);
}

describe("a bad access token is 401, never anonymous, and reaches no subgraph", () => {
  const now = Math.floor(Date.now() / 1000);
  const cases: [name: string, make: () => Promise<string> | string, message: RegExp][] = [
    ["expired", () => token({ exp: now - 60 }), /expired/],
    ["without an end", () => token({ exp: undefined }), /not valid/],
    ["that is not valid yet", () => token({ nbf: now + 600 }), /not valid/],
    ["without the time it was issued", () => token({ iat: undefined }), /not valid/],
    ["for another audience", () => token({ aud: "others" }), /not valid/],
    ["for no audience", () => token({ aud: undefined }), /not valid/],
    ["of another issuer", () => token({ iss: "others" }), /not valid/],
    ["of no issuer", () => token({ iss: undefined }), /not valid/],
    ["without jti", () => token({ jti: undefined }), /not valid/],
    ["of another type", () => token({}, { typ: "JWT" }), /not valid/],
    ["of no type", () => token({}, { typ: undefined }), /not valid/],
    ["with an unknown key id", () => token({}, { kid: "two" }), /not valid/],
    ["with a role that does not exist", () => token({ role: "service" }), /not valid/],
    ["with the role of a partner", () => token({ role: "partner" }), /not valid/],
    ["for no user", () => token({ sub: undefined }), /not valid/],
    ["for a user that is no id", () => token({ sub: "u1" }), /not valid/],
    ["for a user in capitals", () => token({ sub: userId.toUpperCase() }), /not valid/],
    ["for a user with a line break", () => token({ sub: `${userId}\n` }), /not valid/],
    ["for a company that is no id", () => token({ cid: "c1" }), /not valid/],
    ["for a company in capitals", () => token({ cid: companyId.toUpperCase() }), /not valid/],
    ["for a company that is too long", () => token({ cid: `${companyId}0` }), /not valid/],
    ["without session", () => token({ sid: undefined }), /not valid/],
    ["of a session that is no id", () => token({ sid: "s1" }), /not valid/],
    ["of a session that is a list", () => token({ sid: [sessionId] }), /not valid/],
    ["without tenant", () => token({ tid: undefined }), /not valid/],
    ["for a tenant that is no slug", () => token({ tid: "acme:admin" }), /not valid/],
    ["for the platform, which is no shop", () => token({ tid: "platform" }), /not valid/],
    [
      "without signature (alg none)",
      () => new UnsecuredJWT({ ...claims }).setExpirationTime("5m").encode(),
      /not valid/,
    ],
    ["with its signature cut off", async () => (await token()).replace(/[^.]+$/, ""), /not valid/],
    ["changed after it was signed", withOtherPayload, /not valid/],
    ["signed HS256 with the public key as PEM", async () => hs256(await exportSPKI(issuer.publicKey)), /not valid/],
    ["signed HS256 with the public key as JWK", () => hs256(JSON.stringify(issuer.publicJwk)), /not valid/],
    ["signed HS256 with the modulus", () => hs256(String(issuer.publicJwk.n)), /not valid/],
    ["signed by another key of our id", () => signedBy("RS256"), /not valid/],
    ["signed by another algorithm", () => signedBy("ES256"), /not valid/],
    ["signed PS256 with our key", ps256, /not valid/],
    ["that brings its key (jwk)", () => withForeignKey((jwk) => ({ jwk, kid: "one" })), /not valid/],
    ["that says where its key is (jku)", () => foreignUrl("jku"), /not valid/],
    ["that says where its certificate is (x5u)", () => foreignUrl("x5u"), /not valid/],
    ["garbage", () => "abc.def.ghi", /not valid/],
    ["two words", () => "abc def", /Bearer <token>/],
  ];

  it.each(cases)("%s", async (_name, make, message) => {
    test.shelf.received.length = 0;
    const { status, body, headers } = await ask(await make());
    expect(status).toBe(401);
    expect(headers.get("www-authenticate")).toContain("Bearer");
    expect(body.errors?.[0]?.message).toMatch(message);
    expect(body.errors?.[0]?.extensions).toMatchObject({ code: "UNAUTHENTICATED" });
    expect(test.shelf.received).toEqual([]);
  });

  function foreignUrl(parameter: "jku" | "x5u") {
    return withForeignKey((jwk) => ({ [parameter]: (jwk as { url: string }).url, kid: "foreign" }));
  }

  async function ps256() {
    const key = await importJWK({ ...(await privateJwk()), alg: "PS256" });
    return new SignJWT({ ...claims })
      .setProtectedHeader({ alg: "PS256", kid: "one", typ: "at+jwt" })
      .setIssuedAt()
      .setExpirationTime("5m")
      .sign(key);
  }

  const privateJwk = async () => (await crypto.subtle.exportKey("jwk", issuer.privateKey)) as object;
});

describe("an issuer that never answered", () => {
  it("gives 503 with a token and lets anonymous visitors on", async () => {
    const alone = await startTestGateway({
      tokens: { jwksUrl: "http://127.0.0.1:9/jwks", issuer: "tests", audience: "tests" },
    });
    const refused = await alone.post({ query }, { authorization: `Bearer ${await token()}` });
    expect(refused.status).toBe(503);
    expect(refused.body.errors?.[0]?.extensions).toMatchObject({ code: "SERVICE_UNAVAILABLE", retryable: true });
    expect((await alone.post({ query })).status).toBe(200);
    await alone.stop();
  });
});

describe("the tenant of a request", () => {
  it("comes from the header before the default", async () => {
    expect(viewerIn(await test.post({ query }, { "x-tenant-id": "beta" }))).toMatchObject({ tenantId: "beta" });
    expect(viewerIn(await test.post({ query }))).toMatchObject({ tenantId: "acme" });
  });

  it("is refused when token and header disagree", async () => {
    test.shelf.received.length = 0;
    const { status, body } = await ask(await token(), { "x-tenant-id": "beta" });
    expect(status).toBe(400);
    expect(body.errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
    expect(test.shelf.received).toEqual([]);
  });
});

describe("guards that are off", () => {
  it("leave a plain federation gateway", async () => {
    const plain = await startTestGateway({
      guardsOff: ["viewer", "tenant", "signing", "body-limit", "csrf", "limits", "masking"],
      tenants: { hosts: {}, trustHeader: false },
      development: true,
    });
    const bearer = { authorization: "Bearer nonsense", "x-tenant-id": "NOT A SLUG" };
    expect((await plain.post({ query: "{ books { title stars } }" }, bearer)).status).toBe(200);
    expect(plain.shelf.received[0]).toMatchObject({ viewer: undefined });
    const large = await plain.post({ query: `{ latest } #${"x".repeat(1 << 20)}` });
    expect(large.body).toEqual({ data: { latest: "fine" } });
    expect((await plain.send({ path: "/graphql?query={latest}" })).status).toBe(200);
    expect((await plain.post({ query: "{ secretFailure }" })).text).toContain("hunter2");
    await plain.stop();
  });
});
