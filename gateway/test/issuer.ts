// Signs access tokens as users does, and publishes its keys.
import { createServer } from "node:http";
import { type AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, type JWK, type JWTHeaderParameters, type JWTPayload, SignJWT } from "jose";

export const userId = "0123456789abcdef01234567";
export const companyId = "89abcdef0123456789abcdef";
export const sessionId = "456789abcdef0123456789ab";

export const claims = {
  ...{ tid: "acme", role: "customer", scope: "orders:read orders:write", cid: companyId, sid: sessionId },
  ...{ sub: userId, jti: "t1", iss: "tests", aud: "tests" },
};

export interface TestIssuer {
  jwksUrl: string;
  privateKey: CryptoKey;
  publicKey: CryptoKey;
  publicJwk: JWK;
  /** A valid token, changed as the test wants; a claim that is undefined is left out. */
  token: (payload?: JWTPayload, header?: Partial<JWTHeaderParameters>) => Promise<string>;
  /** Rules for a gateway that believes it. */
  rules: { jwksUrl: string; issuer: string; audience: string };
  stop: () => void;
  start: () => Promise<void>;
}

export async function startIssuer(): Promise<TestIssuer> {
  const { privateKey, publicKey } = await generateKeyPair("RS256", { extractable: true });
  const publicJwk = { ...(await exportJWK(publicKey)), kid: "one", alg: "RS256", use: "sig" };
  const server = createServer((_request, response) => response.end(JSON.stringify({ keys: [publicJwk] })));
  const listen = (port: number) => new Promise<void>((resolve) => void server.listen(port, "127.0.0.1", resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const jwksUrl = `http://127.0.0.1:${port}/jwks`;
  return {
    ...{ jwksUrl, privateKey, publicKey, publicJwk },
    rules: { jwksUrl, issuer: "tests", audience: "tests" },
    token(payload = {}, header = {}) {
      const now = Math.floor(Date.now() / 1_000);
      return new SignJWT({ ...claims, iat: now, exp: now + 300, ...payload })
        .setProtectedHeader({ alg: "RS256", kid: "one", typ: "at+jwt", ...header })
        .sign(privateKey);
    },
    start: () => listen(port),
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}
