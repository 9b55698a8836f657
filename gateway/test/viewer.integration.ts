import { createServer, type Server } from "node:http";
import { type AddressInfo } from "node:net";
import { exportJWK, exportSPKI, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestGateway, type TestGateway } from "./start-gateway.ts";

const query = "{ whoami }";
let test: TestGateway;
let issuer: Server;
let jwksUrl: string;
let keyPair: Awaited<ReturnType<typeof generateKeyPair>>;

beforeAll(async () => {
  keyPair = await generateKeyPair("RS256");
  const jwk = { ...(await exportJWK(keyPair.publicKey)), kid: "one", alg: "RS256", use: "sig" };
  issuer = createServer((_request, response) => response.end(JSON.stringify({ keys: [jwk] })));
  await new Promise<void>((resolve) => void issuer.listen(0, "127.0.0.1", resolve));
  jwksUrl = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}/jwks`;
  test = await startTestGateway({
    tokens: { jwksUrl, issuer: "tests", audience: "tests" },
    tenants: { hosts: { "zeta.example": "zeta" }, trustHeader: true, fallback: "acme" },
  });
});
afterAll(async () => {
  await test.stop();
  issuer.close();
});

const userId = "0123456789abcdef01234567";
const companyId = "89abcdef0123456789abcdef";
const claims = { tid: "acme", role: "customer", scope: "orders:read orders:write", cid: companyId };

function token(payload: JWTPayload = {}, header: { typ?: string; kid?: string } = {}) {
  return new SignJWT({ ...claims, sub: userId, jti: "t1", iss: "tests", aud: "tests", ...payload })
    .setProtectedHeader({ alg: "RS256", kid: "one", typ: "at+jwt", ...header })
    .setExpirationTime((payload.exp as number | undefined) ?? "5m")
    .sign(keyPair.privateKey);
}

const ask = (bearer: string, headers = {}) => test.post({ query }, { authorization: `Bearer ${bearer}`, ...headers });
const viewerIn = ({ body }: Awaited<ReturnType<typeof ask>>) => JSON.parse(String(body.data?.whoami)) as object;

describe("a valid access token", () => {
  it("makes the viewer that subgraphs see", async () => {
    expect(viewerIn(await ask(await token()))).toEqual({
      ...{ tenantId: "acme", role: "customer", userId, companyId },
      scopes: ["orders:read", "orders:write"],
    });
  });

  it("goes on when the issuer is away, once its keys are known", async () => {
    await ask(await token());
    issuer.close();
    issuer.closeAllConnections();
    expect((await ask(await token())).status).toBe(200);
    await new Promise<void>((resolve) => void issuer.listen(Number(new URL(jwksUrl).port), "127.0.0.1", resolve));
  });
});

describe("a bad access token is 401, never anonymous", () => {
  const now = Math.floor(Date.now() / 1000);
  it.each([
    ["expired", () => token({ exp: now - 60 }), /expired/],
    ["for another audience", () => token({ aud: "others" }), /not valid/],
    ["of another issuer", () => token({ iss: "others" }), /not valid/],
    ["without jti", () => token({ jti: undefined }), /not valid/],
    ["of another type", () => token({}, { typ: "JWT" }), /not valid/],
    ["with an unknown key id", () => token({}, { kid: "two" }), /not valid/],
    ["with a role that does not exist", () => token({ role: "service" }), /not valid/],
    ["for a user that is no id", () => token({ sub: "u1" }), /not valid/],
    ["for a user in capitals", () => token({ sub: userId.toUpperCase() }), /not valid/],
    ["for a user with a line break", () => token({ sub: `${userId}\n` }), /not valid/],
    ["for a company that is no id", () => token({ cid: "c1" }), /not valid/],
    ["for a company in capitals", () => token({ cid: companyId.toUpperCase() }), /not valid/],
    ["for a company that is too long", () => token({ cid: `${companyId}0` }), /not valid/],
    ["without tenant", () => token({ tid: undefined }), /not valid/],
    ["without signature (alg none)", () => new UnsecuredJWT({ ...claims, sub: userId }).encode(), /not valid/],
    ["signed HS256 with the public key", hs256, /not valid/],
    ["garbage", () => "abc.def.ghi", /not valid/],
    ["two words", () => "abc def", /Bearer <token>/],
  ])("%s", async (_name, make, message) => {
    test.shelf.received.length = 0;
    const { status, body, headers } = await ask(await make());
    expect(status).toBe(401);
    expect(headers.get("www-authenticate")).toContain("Bearer");
    expect(body.errors?.[0]?.message).toMatch(message);
    expect(body.errors?.[0]?.extensions).toMatchObject({ code: "UNAUTHENTICATED" });
    expect(test.shelf.received).toEqual([]);
  });

  async function hs256() {
    const secret = new TextEncoder().encode(await exportSPKI(keyPair.publicKey));
    return new SignJWT({ ...claims, sub: userId, jti: "t1", iss: "tests", aud: "tests" })
      .setProtectedHeader({ alg: "HS256", kid: "one", typ: "at+jwt" })
      .setExpirationTime("5m")
      .sign(secret);
  }
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
    const { status, body } = await ask(await token(), { "x-tenant-id": "beta" });
    expect(status).toBe(400);
    expect(body.errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
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
