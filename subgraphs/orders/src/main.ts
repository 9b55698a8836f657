import { openFieldCipher } from "@tradegraph/kit/field-cipher";
import { createKeyManagement } from "@tradegraph/kit/key-management-env";
import { runSubgraph } from "@tradegraph/kit/run-subgraph";
import { readEnv } from "./env.ts";
import { createOrders } from "./server.ts";

const env = readEnv();
const keyManagement = createKeyManagement(env);
await runSubgraph("orders", env, async (resources) => {
  const { connection } = resources.mongo;
  const cipher = await openFieldCipher({ service: "orders", connection, keyManagement, logger: resources.logger });
  return createOrders({ ...resources, cipher, productsUrl: env.PRODUCTS_URL, usersUrl: env.USERS_URL });
});
