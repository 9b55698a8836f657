import { type mongo } from "mongoose";

/**
 * Copies a database within its server: collections with their validators, documents and indexes. The server does it by
 * itself, in a part of the time in which a seed writes the same.
 *
 * @param to name of a database that has nothing yet
 */
export async function copyDatabase(client: mongo.MongoClient, from: string, to: string): Promise<void> {
  const [source, target] = [client.db(from), client.db(to)];
  const collections = await source.listCollections({ type: "collection" }, { nameOnly: false }).toArray();
  for (const { name, options = {} } of collections) {
    await target.createCollection(name, options);
    await source
      .collection(name)
      .aggregate([{ $out: { db: to, coll: name } }])
      .toArray();
    const indexes = (await source.collection(name).indexes()).filter((index) => index.name !== "_id_");
    // After the documents: the server then sorts each index once.
    if (indexes.length > 0) await target.command({ createIndexes: name, indexes });
  }
}
