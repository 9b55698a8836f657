// What the address of a database says, for jobs that are told nothing else of it.
import { createLogger } from "@tradegraph/kit/logger";
import { connectMongo } from "@tradegraph/kit/mongo";
import { expect, inject, it } from "vitest";

const logger = createLogger({ service: "test", level: "silent" });

async function retriesWrites(uri: string, flavor: "mongodb" | "documentdb"): Promise<boolean | undefined> {
  const mongo = await connectMongo({
    ...{ uri, flavor, database: "admin", poolMin: 0, poolMax: 1, applicationName: "test", logger },
  });
  const { retryWrites } = mongo.connection.getClient().options;
  await mongo.close();
  return retryWrites;
}

it("retries no writes where the address says so: migrations on DocumentDB know nothing but the address", async () => {
  const uri = inject("mongoUri");
  const withOption = (option: string) => `${uri}${uri.includes("?") ? "&" : "?"}${option}`;
  expect(await retriesWrites(uri, "mongodb")).toBe(true);
  expect(await retriesWrites(uri, "documentdb")).toBe(false);
  expect(await retriesWrites(withOption("retryWrites=false"), "mongodb")).toBe(false);
  expect(await retriesWrites(withOption("retryWrites=true"), "mongodb")).toBe(true);
});
