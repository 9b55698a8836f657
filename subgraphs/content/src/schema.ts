import { createFederatedSchema } from "@tradegraph/kit/federated-schema";
import { permissions } from "./permissions.ts";
import { resolvers } from "./resolvers/index.ts";

/** SDL, resolvers and permissions in one executable schema. */
export const createSchema = () => createFederatedSchema({ subgraph: "content", resolvers, permissions });
