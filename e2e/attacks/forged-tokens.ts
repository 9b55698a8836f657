// Access tokens that users did not make, or not for this gateway, or not any more. Each differs from a good one by what its
// name says, so that nothing else can be the reason.
import { createPublicKey, generateKeyPairSync } from "node:crypto";
import {
  type Attack,
  headerOf,
  makeToken,
  ownChange,
  type Parts,
  payloadOf,
  type Scene,
  send,
  signIn,
  unauthenticated,
} from "./attack.ts";

const stranger = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({
  type: "pkcs8",
  format: "pem",
});

/** A token of a living session, changed as the test wants and signed as users would. */
export async function forge(
  scene: Scene,
  change: { header?: Parts; payload?: Parts; key?: string | null },
): Promise<string> {
  const { accessToken } = await signIn(scene, "approver");
  const { header, payload, key = scene.graph.graph.secrets.jwtPrivateKey } = change;
  return makeToken(
    { ...headerOf(accessToken), ...header },
    { ...payloadOf(accessToken), ...payload },
    key ?? undefined,
  );
}

export const withToken = (scene: Scene, token: string, headers: Record<string, string> = {}) =>
  send(scene.graph.url, { authorization: `Bearer ${token}`, ...headers }, ownChange);

const forged = (name: string, reason: string, change: Parameters<typeof forge>[1]): Attack => ({
  name,
  async prepare(scene) {
    const token = await forge(scene, change);
    return () => withToken(scene, token);
  },
  refused: unauthenticated,
  told: { source: "gateway", action: "request.refused", code: reason },
});

const past = Math.floor(Date.now() / 1_000) - 3_600;

export const forgedTokens: Attack[] = [
  forged("an expired token", "TOKEN_EXPIRED", { payload: { iat: past, exp: past + 60 } }),
  forged("a token for another audience", "TOKEN_AUDIENCE", { payload: { aud: "somebody-else" } }),
  forged("a token of another issuer", "TOKEN_ISSUER", { payload: { iss: "somebody-else" } }),
  forged("a token of another type", "TOKEN_TYPE", { header: { typ: "JWT" } }),
  forged("a token that claims another tenant", "SESSION_ENDED", { payload: { tid: "harborline" } }),
  forged("a token with a role that there is not", "TOKEN_CLAIMS", { payload: { role: "service" } }),
  forged("a token that is not signed", "TOKEN_ALGORITHM", { header: { alg: "none" }, key: null }),
  forged("a token signed with the public key", "TOKEN_ALGORITHM", { header: { alg: "HS256" } }),
  forged("a token with a key of its own", "TOKEN_SIGNATURE", {
    header: { jwk: createPublicKey(stranger).export({ format: "jwk" }) },
    key: String(stranger),
  }),
  forged("a token that says where its key is", "TOKEN_SIGNATURE", {
    header: { jku: "http://127.0.0.1:9/jwks.json" },
    key: String(stranger),
  }),
  forged("a token of an unknown key", "TOKEN_KEY", { header: { kid: "nobody" }, key: String(stranger) }),
  {
    name: "what is no token",
    prepare: (scene) => Promise.resolve(() => withToken(scene, "nonsense")),
    refused: unauthenticated,
    told: { source: "gateway", action: "request.refused", code: "TOKEN_MALFORMED" },
  },
  {
    name: "a good token, in another tenant",
    async prepare(scene) {
      const token = await forge(scene, {});
      return () => withToken(scene, token, { "x-tenant-id": "harborline" });
    },
    refused: { status: 400, code: "BAD_USER_INPUT" },
    told: { source: "gateway", action: "request.refused", code: "BAD_USER_INPUT" },
  },
];
