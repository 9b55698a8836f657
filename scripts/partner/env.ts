import process from "node:process";
import { settings as gatewaySettings } from "@tradegraph/gateway/env";
import { limitSettings } from "@tradegraph/gateway/limits/settings";
import { parseEnv } from "@tradegraph/kit/env";
import { z } from "zod";

const { BODY_LIMIT_BYTES, GRAPH_PUBLIC_URL, PERSISTED_OPERATIONS_PARTNERS } = gatewaySettings(false);

/** Of the gateway what a partner's page tells; defaults are those of deployments. @throws EnvError naming every wrong one */
export const readPageEnv = (source: Record<string, string | undefined> = process.env) =>
  parseEnv({ ...limitSettings(), BODY_LIMIT_BYTES, GRAPH_PUBLIC_URL, PERSISTED_OPERATIONS_PARTNERS }, source);

/** Settings of `partner` beside its options. @throws EnvError naming every wrong one */
export const readEnv = (source: Record<string, string | undefined> = process.env) =>
  parseEnv(
    {
      GRAPH_URL: z
        .url({ protocol: /^https?$/, message: "must be a URL beginning with http:// or https://" })
        .default("http://127.0.0.1:4000/graphql"),
      /** Access token of a member of staff; not an option, because others may see the arguments of a command. */
      GRAPH_TOKEN: z.string().optional(),
    },
    source,
  );
