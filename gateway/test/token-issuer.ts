// Stands for the users subgraph as far as access tokens go.
import { createServer } from "node:http";
import { type AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, SignJWT } from "jose";

export interface TokenIssuer {
  jwksUrl: string;
  /** Headers of somebody with this role and these scopes in the tenant acme. */
  headers: (role: "customer" | "supplier" | "admin", scope?: string) => Promise<Record<string, string>>;
  stop: () => void;
}

export async function startTokenIssuer(): Promise<TokenIssuer> {
  const { publicKey, privateKey } = await generateKeyPair("RS256");
  const jwk = { ...(await exportJWK(publicKey)), kid: "one", alg: "RS256", use: "sig" };
  const server = createServer((_request, response) => response.end(JSON.stringify({ keys: [jwk] })));
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  return {
    jwksUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`,
    async headers(role, scope = "") {
      const token = await new SignJWT({ tid: "acme", role, scope, sid: "fedcba9876543210fedcba98" })
        .setProtectedHeader({ alg: "RS256", kid: "one", typ: "at+jwt" })
        .setSubject("0123456789abcdef01234567")
        .setJti("t1")
        .setIssuer("tests")
        .setAudience("tests")
        .setIssuedAt()
        .setExpirationTime("5m")
        .sign(privateKey);
      return { authorization: `Bearer ${token}` };
    },
    stop: () => void server.close(),
  };
}
