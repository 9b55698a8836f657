import { openFieldCipher } from "@tradegraph/kit/field-cipher";
import { createKeyManagement } from "@tradegraph/kit/key-management-env";
import { runSubgraph } from "@tradegraph/kit/run-subgraph";
import { sealedPathsOf } from "@tradegraph/kit/sealed-field";
import { readEnv } from "./env.ts";
import { schemas } from "./models.ts";
import { createOrders } from "./server.ts";

const env = readEnv();
const keyManagement = createKeyManagement(env);
const sealed = sealedPathsOf(schemas);
await runSubgraph("orders", env, async (resources) => {
  const { connection } = resources.mongo;
  const { logger } = resources;
  const cipher = await openFieldCipher({ service: "orders", connection, keyManagement, sealed, logger });
  return createOrders({ ...resources, cipher, productsUrl: env.PRODUCTS_URL, usersUrl: env.USERS_URL });
});
