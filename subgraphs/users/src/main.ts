import { openFieldCipher } from "@tradegraph/kit/field-cipher";
import { createKeyManagement } from "@tradegraph/kit/key-management-env";
import { runSubgraph } from "@tradegraph/kit/run-subgraph";
import { sealedPathsOf } from "@tradegraph/kit/sealed-field";
import { shapeLimitsOf } from "@tradegraph/kit/shape-limit-settings";
import { readEnv } from "./env.ts";
import { createLinks } from "./mail/links.ts";
import { mailSettingsOf } from "./mail/settings.ts";
import { createMailTransport } from "./mail/transport.ts";
import { schemas } from "./models.ts";
import { createUsers } from "./server.ts";
import { createTokenIssuer } from "./token-issuer.ts";
import { openTokenKeys } from "./token-keys.ts";

const env = readEnv();
const keyManagement = createKeyManagement(env);
const sealed = sealedPathsOf(schemas);
await runSubgraph("users", env, async (resources) => {
  const { connection } = resources.mongo;
  const { logger } = resources;
  const cipher = await openFieldCipher({ service: "users", connection, keyManagement, sealed, logger });
  const tokens = createTokenIssuer({
    keys: await openTokenKeys(env, resources.logger),
    issuer: env.JWT_ISSUER,
    audience: env.JWT_AUDIENCE,
    lifetimeSeconds: env.JWT_EXPIRY,
    refreshLifetimeSeconds: env.JWT_REFRESH_EXPIRY,
  });
  const mail = createMailTransport(mailSettingsOf(env));
  const auditRetention = { days: env.AUDIT_RETENTION_DAYS, accessDays: env.AUDIT_ACCESS_RETENTION_DAYS };
  const eventSources = env.EVENT_SOURCES;
  return createUsers({
    ...resources,
    apiSchemaPath: env.API_SCHEMA_PATH,
    operationLimits: env.LIMITS_MODE === "enforce" ? shapeLimitsOf(env, "partner") : null,
    auditRetention,
    eventSources,
    cipher,
    links: createLinks(env.PUBLIC_URL),
    mail,
    tokens,
  });
});
