// What a gateway is made from. Parts that are not given are not there.
import { type SigningKeys } from "@tradegraph/kit/internal-assertion";
import { type Logger } from "@tradegraph/kit/logger";
import { type Registry } from "@tradegraph/kit/metrics";
import { type RedisClient } from "@tradegraph/kit/redis";
import { type Tracing } from "@tradegraph/kit/trace";
import { type ApiKeyRules } from "./api-keys.ts";
import { type AuditRules } from "./audit/open-audit.ts";
import { type AuthorizationOptions } from "./authorization/authorize-executor.ts";
import { type CacheRules } from "./cache/open-cache.ts";
import { type TrustedProxies } from "./client-address.ts";
import { type Guard } from "./guards.ts";
import { type Page } from "./http/pages.ts";
import { type LimitRules } from "./limits/limit-rules.ts";
import { type OperationsRules } from "./operations/open-operations.ts";
import { type PlanningRules } from "./planning/open-planning.ts";
import { type Introspection } from "./plugins/introspection.ts";
import { type RateLimitOptions } from "./rate-limit/open-rate-limit.ts";
import { type TenantRules } from "./tenant.ts";
import { type TokenRules } from "./viewer.ts";

export interface GatewayOptions {
  supergraphPath: string;
  /** File compiled from the supergraph; `policy.json` beside it by default. */
  policyPath?: string;
  authorization?: Partial<AuthorizationOptions>;
  /** Name → URL, instead of what the supergraph says. */
  subgraphUrls?: Record<string, string>;
  subgraphTimeoutMs?: number;
  /** The first signs requests to subgraphs. */
  keys: SigningKeys;
  tokens: TokenRules;
  /** GraphQL endpoint of users, which is asked who callers are. */
  usersUrl?: string | undefined;
  /** Asks users whether the session of a token goes on, and remembers it in Redis; undefined believes tokens as they are. */
  sessions?: { redisNamespace: string } | undefined;
  /** Accepts API keys that users knows; undefined refuses all. */
  apiKeys?: ApiKeyRules | undefined;
  /** Keeps records for the audit log and ships them to users; undefined keeps none. */
  audit?: AuditRules | undefined;
  /** Whose `X-Forwarded-For` is believed; nobody's unless given. */
  trustedProxies?: TrustedProxies;
  tenants: TenantRules;
  corsOrigins?: readonly string[];
  /** Of the GraphQL endpoint as clients reach it, for pages; as each caller says it unless given. */
  publicUrl?: string | undefined;
  /** For which browsers shall use HTTPS only, in seconds; not told unless given. */
  hstsSeconds?: number;
  bodyLimit?: number;
  /** Nobody's unless given. */
  introspection?: Introspection;
  /** Shows clients suggestions for misspelt names. */
  development?: boolean;
  pages?: readonly Page[];
  guardsOff?: readonly Guard[];
  logger: Logger;
  metrics: Registry;
  /** Whether `/metrics` answers on the port for clients; it does unless a port for operators has it. */
  publicMetrics?: boolean;
  redis?: RedisClient | undefined;
  /** Makes traces of requests; undefined makes none. */
  tracing?: Tracing | undefined;
  /** Keeps answers, with Redis; undefined keeps none. */
  cache?: CacheRules | undefined;
  /** How many popular operations are asked after a start and after a new schema, to fill the cache; none unless given. */
  warm?: number;
  /** Knows operations by id; undefined knows none. */
  operations?: OperationsRules | undefined;
  /** How large operations may be; without it only the fields of a mutation are bounded. */
  limits?: LimitRules | undefined;
  /** How often callers may ask; undefined limits nobody. */
  rateLimit?: RateLimitOptions["rules"] | undefined;
  /** Plans operations in a thread of its own; undefined plans them in the main thread. */
  planning?: PlanningRules | undefined;
}
