// Credentials that nobody was given: tokens forged with what everybody can read, and tokens of sessions that are over. The
// gateway refuses them itself, soon, and asks no subgraph. e2e/attacks.e2e.ts has the same with the real users.
import { exportSPKI, SignJWT, UnsecuredJWT } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Attack, type AttackStage, mostRounds, post, startAttackStage } from "./attack-stage.ts";
import { claims, startIssuer, type TestIssuer } from "./issuer.ts";

let issuer: TestIssuer;
let stage: AttackStage;
/** By name; each has as many as there may be rounds, or the second would be known already. */
const forged = new Map<string, string[]>();

const now = Math.floor(Date.now() / 1_000);
const payload = (round: number) => ({ ...claims, iat: now, exp: now + 300, jti: `t${round}`, role: "admin" });
const signedWith = (secret: string, round: number) =>
  new SignJWT(payload(round))
    .setProtectedHeader({ alg: "HS256", kid: "one", typ: "at+jwt" })
    .sign(new TextEncoder().encode(secret));

const ways: Record<string, (round: number) => Promise<string> | string> = {
  "without signature (alg none)": (round) => new UnsecuredJWT(payload(round)).encode(),
  "of 8,000 letters without signature": (round) =>
    new UnsecuredJWT({ ...payload(round), scope: "a".repeat(6_000) }).encode(),
  "signed HS256 with the public key as PEM": async (round) => signedWith(await exportSPKI(issuer.publicKey), round),
  "signed HS256 with the public key as JWK": (round) => signedWith(JSON.stringify(issuer.publicJwk), round),
  "signed HS256 with the modulus": (round) => signedWith(String(issuer.publicJwk.n), round),
  "with its signature cut off": async (round) => (await issuer.token({ jti: `t${round}` })).replace(/[^.]+$/, ""),
  "with another payload under the signature": async (round) => {
    const [head, , signature] = (await issuer.token()).split(".");
    return [head, Buffer.from(JSON.stringify(payload(round))).toString("base64url"), signature].join(".");
  },
  "with a key that nobody has": (round) => issuer.token({ jti: `t${round}` }, { kid: `two${round}` }),
  "of a refresh token, which is no access token": (round) => issuer.token({ jti: `t${round}` }, { typ: "JWT" }),
  expired: (round) => issuer.token({ jti: `t${round}`, iat: now - 600, exp: now - 300 }),
  "that was never one": (round) => `${"a.".repeat(3_000)}${round}`,
};

beforeAll(async () => {
  issuer = await startIssuer();
  stage = await startAttackStage({
    ...{ introspection: false, planning: { timeoutMs: 2_000 }, tokens: issuer.rules },
  });
  for (const [name, make] of Object.entries(ways)) {
    forged.set(name, await Promise.all(Array.from({ length: mostRounds }, (_, round) => make(round))));
  }
}, 60_000);
afterAll(async () => {
  await stage.stop();
  issuer.stop();
});

const withToken =
  (name: string): Attack =>
  (round) =>
    post("{ latest }", {}, { authorization: `Bearer ${forged.get(name)?.[round] ?? ""}` })(round);

describe("is refused and holds nobody up: a token", () => {
  it.each(Object.keys(ways))("%s", async (name) => {
    const asked = stage.opinions.received.length;
    const outcome = await stage.attempt(withToken(name));
    expect(outcome).toMatchObject({ status: 401, code: "UNAUTHENTICATED", held: "short" });
    expect(outcome.answer.body).not.toHaveProperty("data");
    // The question whether the gateway is alive.
    expect(stage.opinions.received.length).toBe(asked + 1);
  });
});

it("lets a token in that is signed as it should be", async () => {
  const authorization = `Bearer ${await issuer.token()}`;
  const { status, answer } = await stage.attempt(post("{ latest }", {}, { authorization }));
  expect([status, answer.body.data]).toEqual([200, { latest: "fine" }]);
});
