// Variables of persisted operations; env.ts reads them.
import { EnvError, flag } from "@tradegraph/kit/env";
import { z } from "zod";
import { type ClientClass } from "@tradegraph/kit/client-class";

/**
 * What texts without an id are worth:
 * - `off`: they are answered.
 * - `log`: those that no list has are answered, counted, and told in the log.
 * - `safelist`: those that no list has are refused.
 * - `ids-only`: all are refused.
 */
export const operationModes = ["off", "log", "safelist", "ids-only"] as const;

export type OperationMode = (typeof operationModes)[number];

/** Whether texts without an id are looked for in a list. */
export const looksForTexts = (mode: OperationMode): boolean => mode === "log" || mode === "safelist";

export interface OperationRules {
  modes: Readonly<Record<ClientClass, OperationMode>>;
  /** Manifests of our own apps: files, and folders of `.json` files. */
  manifests: readonly string[];
  /** Automatic persisted queries, for apps. */
  automatic: boolean;
  redisNamespace: string;
}

const mode = z.enum(operationModes);
const list = z.string().transform((text) =>
  text
    .split(",")
    .map((item) => item.trim())
    .filter(Boolean),
);

/** @param open development */
export const operationSettings = (open: boolean) => ({
  PERSISTED_OPERATIONS_APPS: mode
    .default("off")
    .describe("What apps may send: any text (`off`, `log`), listed ones (`safelist`), or `ids-only`."),
  PERSISTED_OPERATIONS_DEVELOPERS: mode.default("off").describe("The same for staff with the area development."),
  PERSISTED_OPERATIONS_PARTNERS: mode
    .default(open ? "off" : "ids-only")
    .describe("The same for partners, each with a list of his own."),
  PERSISTED_OPERATIONS_MANIFESTS: list
    .prefault("schema/generated/manifests")
    .describe("Operations of apps: files or folders, joined by commas."),
  APQ_APPS: flag(false).describe("Let apps register texts by sending them once (automatic persisted queries)."),
});

type OperationEnv = z.infer<z.ZodObject<ReturnType<typeof operationSettings>>> & { REDIS_NAMESPACE: string };

/** @throws EnvError for settings that contradict each other */
export function checkOperationSettings(env: Omit<OperationEnv, "REDIS_NAMESPACE">): void {
  if (env.APQ_APPS && env.PERSISTED_OPERATIONS_APPS === "ids-only") {
    throw new EnvError(["APQ_APPS: lets apps send texts, which PERSISTED_OPERATIONS_APPS=ids-only forbids"]);
  }
}

export const operationRulesOf = (env: OperationEnv): OperationRules => ({
  modes: {
    app: env.PERSISTED_OPERATIONS_APPS,
    developer: env.PERSISTED_OPERATIONS_DEVELOPERS,
    partner: env.PERSISTED_OPERATIONS_PARTNERS,
  },
  manifests: env.PERSISTED_OPERATIONS_MANIFESTS,
  automatic: env.APQ_APPS,
  redisNamespace: env.REDIS_NAMESPACE,
});
