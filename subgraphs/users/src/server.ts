import { createNestedLimit } from "@tradegraph/kit/concurrency";
import { publishEvents } from "@tradegraph/kit/event-publisher";
import { type FieldCipher, startKeyRefresh } from "@tradegraph/kit/field-cipher";
import { createLoaderFactory } from "@tradegraph/kit/loader";
import { openSessionTags } from "@tradegraph/kit/session-tag";
import { personRoutes } from "@tradegraph/kit/person-data";
import { type ShapeLimits } from "@tradegraph/kit/shape-limits";
import { type Subgraph, type SubgraphResources } from "@tradegraph/kit/subgraph";
import { type Viewer } from "@tradegraph/kit/viewer";
import { openApiSchema } from "./api-schema.ts";
import { type AuditRetention } from "./audit-retention.ts";
import { startAuditConsumers } from "./commands/consume-events.ts";
import { startRefusalRecords } from "./commands/record-refusals.ts";
import { startMailSender } from "./commands/send-mails.ts";
import { startCompanySettler } from "./commands/settle-companies.ts";
import { type Context } from "./context.ts";
import { createJwksRoute } from "./jwks-route.ts";
import { createKeySignal } from "./key-signal.ts";
import { createLoaders } from "./loaders.ts";
import { type Links } from "./mail/links.ts";
import { type MailTransport } from "./mail/transport.ts";
import { createModels } from "./models.ts";
import { createOperationCheck } from "./operation-check.ts";
import { createOperationSignal } from "./operation-signal.ts";
import { createPasswords } from "./password.ts";
import { createPersonData } from "./person-data.ts";
import { createSchema } from "./schema.ts";
import { type TokenIssuer } from "./token-issuer.ts";

export interface UsersResources extends SubgraphResources {
  /** File with the schema that operations of partners are checked against; the repository's own by default. */
  apiSchemaPath?: string;
  /** How large these may be, as the gateway has it; null where it only measures. Its defaults unless given. */
  operationLimits?: ShapeLimits | null;
  auditRetention?: AuditRetention;
  cipher: FieldCipher;
  /** Name → GraphQL endpoint of the subgraphs whose events go into the audit log. */
  eventSources?: Readonly<Record<string, string>>;
  links: Links;
  mail: MailTransport;
  /** Milliseconds between two looks for messages to send. */
  mailIntervalMs?: number;
  /** Milliseconds in which equal refusals are counted. */
  refusalPeriodMs?: number;
  tokens: TokenIssuer;
}

/** The users subgraph over its resources; listens to nothing by itself. */
export function createUsers(resources: UsersResources): Subgraph<Context> {
  const { mongo, redis, redisNamespace, logger, metrics, cipher, links, mail, mailIntervalMs, tokens } = resources;
  const models = createModels(mongo.connection, resources.auditRetention);
  const events = publishEvents(resources, models);
  const loaderFactory = createLoaderFactory(metrics);
  const passwords = createPasswords();
  const signalKeys = createKeySignal(redis, redisNamespace, logger);
  const signalOperations = createOperationSignal(redis, redisNamespace, logger);
  const checkOperations = createOperationCheck(openApiSchema(resources.apiSchemaPath), resources.operationLimits);
  const { sessionTags, workers } = openSessionTags({ redis, namespace: redisNamespace, logger });
  const loadersFor = (viewer: Viewer) => createLoaders(models, loaderFactory, viewer);
  return {
    schema: createSchema(),
    createContext: (base) => ({
      ...base,
      cipher,
      links,
      models,
      passwords,
      signalKeys,
      signalOperations,
      checkOperations,
      tokens,
      sessionTags,
      loaders: loadersFor(base.viewer),
      loadersFor,
      nested: createNestedLimit(base.closed),
    }),
    publicRoutes: createJwksRoute(tokens),
    internalRoutes: {
      ...events.routes,
      ...personRoutes(createPersonData({ models, cipher, passwords, sessionTags })),
    },
    workers: [
      ...events.workers,
      ...startAuditConsumers({ models, resources, own: events, sources: resources.eventSources ?? {} }),
      startMailSender({ models, cipher, transport: mail, links, logger }, mailIntervalMs),
      startKeyRefresh(cipher, logger),
      startRefusalRecords({ models, logger, periodMs: resources.refusalPeriodMs }),
      startCompanySettler({ models, sessionTags, logger }),
      ...workers,
    ],
  };
}
