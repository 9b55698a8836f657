import { type mongo } from "mongoose";

/**
 * Looks through the bytes of every document of every collection, as somebody would who stole the database.
 *
 * @returns `<collection> <_id>: <text>` for each text that is found, in any case
 */
export async function textsInDatabase(db: mongo.Db, texts: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  const wanted = texts.map((text) => text.toLowerCase());
  for (const { name } of await db.listCollections({}, { nameOnly: true }).toArray()) {
    for await (const raw of db.collection(name).find({}, { raw: true })) {
      const content = (raw as unknown as Buffer).toString("utf8").toLowerCase();
      for (const text of wanted) if (content.includes(text)) found.push(`${name}: ${text}`);
    }
  }
  return found;
}
