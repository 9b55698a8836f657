import process from "node:process";
import { parseEnv } from "@tradegraph/kit/env";
import { encryptionAlternatives, encryptionEnv } from "@tradegraph/kit/key-management-env";
import { subgraphEnv } from "@tradegraph/kit/run-subgraph";
import { z } from "zod";

/** Settings of this program. @throws EnvError naming every wrong one */
export const readEnv = () =>
  parseEnv(
    {
      ...subgraphEnv("orders", 4002),
      ...encryptionEnv,
      /** GraphQL endpoint of products, which prices lines and sets stock aside. */
      PRODUCTS_URL: z.url({ protocol: /^https?$/, error: "must be an http(s) address" }),
      /** GraphQL endpoint of users, which knows what a buyer may spend. */
      USERS_URL: z.url({ protocol: /^https?$/, error: "must be an http(s) address" }),
    },
    process.env,
    encryptionAlternatives,
  );
