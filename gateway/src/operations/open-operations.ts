// Puts together what persisted operations need.
import { type ClientClass } from "@tradegraph/kit/client-class";
import { type Logger } from "@tradegraph/kit/logger";
import { type Registry } from "@tradegraph/kit/metrics";
import { type RedisClient } from "@tradegraph/kit/redis";
import { type PersistedStep, resolvePersisted } from "../http/persisted-operations.ts";
import { type IsKnown } from "../http/steps.ts";
import { createAutomaticOperations } from "./automatic-operations.ts";
import { readManifestFiles, watchManifestFiles } from "./manifest-files.ts";
import { createOperationMetrics } from "./operation-metrics.ts";
import { type OperationList, type PersistedOperation, type PrepareOperations } from "./operation-list.ts";
import { type PartnerLists } from "./partner-list-source.ts";
import { type Introspection } from "../plugins/introspection.ts";
import { looksForTexts, type OperationRules } from "./settings.ts";

export interface OperationsRules extends OperationRules {
  /** Instead of what users says; for tests. */
  partnerLists?: Pick<PartnerLists, "listOf">;
}

export interface OperationsOptions {
  rules: OperationsRules;
  partnerLists: Pick<PartnerLists, "listOf"> | undefined;
  introspection: Introspection;
  redis: RedisClient | undefined;
  /** Gets the operations of new manifests; clients may send them after that. */
  prepare: PrepareOperations;
  logger: Logger;
  metrics: Registry;
  /** Of the watch of manifests; for tests. */
  pollMs?: number;
}

export interface OpenOperations extends Pick<PersistedStep, "step"> {
  /** For the endpoint: bodies that need not be parsed, because this or another memory has seen them. */
  isKnownBeside: (other: Pick<PersistedStep, "isKnown"> | undefined) => IsKnown;
  /** Of our own apps, as they are now. */
  allOperations: () => readonly PersistedOperation[];
  close: () => void;
}

/** @throws Error when a manifest is missing or cannot be used */
export async function openOperations(options: OperationsOptions): Promise<OpenOperations> {
  const { rules, introspection, redis, prepare, logger, metrics, pollMs } = options;
  const { redisNamespace: namespace } = rules;
  const findsTexts = (client: ClientClass) => looksForTexts(rules.modes[client]);
  const readTexts = async (read: OperationList) => {
    if (findsTexts("app") || findsTexts("developer")) await read.readTexts();
    return read;
  };
  let list = await readTexts(await readManifestFiles(rules.manifests));
  const unwatch = watchManifestFiles({
    ...{ paths: rules.manifests, current: list, logger },
    ...(pollMs !== undefined && { pollMs }),
    async onChange(changed) {
      await readTexts(changed);
      await prepare(changed.operations());
      list = changed;
    },
  });
  const { step, isKnown } = resolvePersisted({
    ...{ modes: rules.modes, appList: () => list, partnerLists: rules.partnerLists ?? options.partnerLists, logger },
    mayIntrospect: (client) => (introspection === "developers" ? client === "developer" : introspection),
    automatic: rules.automatic ? createAutomaticOperations({ redis, namespace, logger }) : undefined,
    count: createOperationMetrics(metrics),
  });
  return {
    step,
    isKnownBeside: (other) => (text) => isKnown(text) || (other?.isKnown(text) ?? false),
    allOperations: () => list.operations(),
    close: unwatch,
  };
}
