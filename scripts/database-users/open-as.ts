import { createLogger } from "@tradegraph/kit/logger";
import { connectMongo } from "@tradegraph/kit/mongo";
import type { mongo } from "mongoose";
import { type Login } from "./env.ts";

const authenticationFailed = 18;

/**
 * Connects as a user of the server itself.
 *
 * @param uri without a user
 * @throws Error in words for whoever runs the job; never with the password
 */
export async function openAs(uri: string, login: Login): Promise<mongo.MongoClient> {
  try {
    return await connect(uri, login);
  } catch (error) {
    if (isRefusal(error)) {
      throw new Error("The database refuses DATABASE_OWNER: user or password is not the one in force.", {
        cause: error,
      });
    }
    throw new Error(`The database does not answer: ${(error as Error).name}. Is MONGODB_URI reached from here?`, {
      cause: error,
    });
  }
}

/** Whether the user can log in with that password. */
export async function within(uri: string, login: Login): Promise<boolean> {
  try {
    await (await connect(uri, login)).close();
    return true;
  } catch (error) {
    if (isRefusal(error)) return false;
    throw error;
  }
}

const isRefusal = (error: unknown) => (error as { code?: unknown }).code === authenticationFailed;

async function connect(uri: string, { username, password }: Login): Promise<mongo.MongoClient> {
  const user = `${encodeURIComponent(username)}:${encodeURIComponent(password)}@`;
  const { connection } = await connectMongo({
    uri: uri.replace("://", `://${user}`),
    ...{
      database: "admin",
      flavor: "documentdb",
      poolMin: 0,
      poolMax: 2,
      applicationName: "tradegraph-database-users",
    },
    logger: createLogger({ service: "database-users", level: "warn" }),
  });
  return connection.getClient();
}
