import process from "node:process";
import { parseEnv } from "@tradegraph/kit/env";
import { encryptionAlternatives, encryptionEnv } from "@tradegraph/kit/key-management-env";
import { subgraphEnv } from "@tradegraph/kit/run-subgraph";
import { z } from "zod";

const url = z.url({ protocol: /^https?$/, error: "must be an http(s) address" });

export const settings = () => ({
  ...subgraphEnv("orders", 4002),
  ...encryptionEnv,
  PRODUCTS_URL: url.describe("GraphQL endpoint of products, which prices lines and sets stock aside."),
  USERS_URL: url.describe("GraphQL endpoint of users, which knows what a buyer may spend."),
});

/** Settings of this program. @throws EnvError naming every wrong one */
export const readEnv = () => parseEnv(settings(), process.env, encryptionAlternatives);
