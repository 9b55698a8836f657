import process from "node:process";
import { mongoEnv, parseEnv } from "@tradegraph/kit/env";

const { MONGODB_URI, MONGODB_DATABASE, MONGODB_FLAVOR } = mongoEnv;

/** Settings of `administrator`, those of users. @throws EnvError naming every wrong one */
export const readEnv = (source: Record<string, string | undefined> = process.env) =>
  parseEnv({ MONGODB_URI, MONGODB_DATABASE: MONGODB_DATABASE.default("users"), MONGODB_FLAVOR }, source);
