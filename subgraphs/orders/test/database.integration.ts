import { describeSubgraph } from "@tradegraph/testkit/subgraph-walk";
import { schemas } from "../src/models.ts";
import { permissions } from "../src/permissions.ts";
import { createSchema } from "../src/schema.ts";

describeSubgraph({ name: "orders", schemas, createSchema, permissions });
