import { runSubgraph } from "@tradegraph/kit/run-subgraph";
import { readEnv } from "./env.ts";
import { createUsers } from "./server.ts";
import { createTokenIssuer } from "./token-issuer.ts";

const env = readEnv();
const tokens = await createTokenIssuer({
  privateKey: env.privateKey,
  issuer: env.JWT_ISSUER,
  audience: env.JWT_AUDIENCE,
  lifetimeSeconds: env.JWT_EXPIRY,
});
await runSubgraph("users", env, (resources) => createUsers(resources, tokens));
