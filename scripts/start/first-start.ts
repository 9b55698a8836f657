import { type Server, withDatabase } from "../databases.ts";

interface SeedState {
  _id: string;
  finishedAt: Date;
}

// In the database, not in a file: an emptied or foreign database tells its own story.
const collection = "seedState";

/** True when demo data was written once; what users deleted since stays deleted. */
export const isSeeded = (server: Server): Promise<boolean> =>
  withDatabase(server, "products", async ({ connection }) => {
    return (await connection.collection<SeedState>(collection).findOne({ _id: "demo" })) !== null;
  });

export const markSeeded = (server: Server): Promise<unknown> =>
  withDatabase(server, "products", ({ connection }) =>
    connection
      .collection<SeedState>(collection)
      .updateOne({ _id: "demo" }, { $set: { finishedAt: new Date() } }, { upsert: true }),
  );
