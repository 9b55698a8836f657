// Program for tests: resolves both servers and prints them.
import { resolveMongod } from "../src/resolve-mongo.ts";
import { resolveRedisServer } from "../src/resolve-redis.ts";

const [mongod, redis] = [await resolveMongod(), await resolveRedisServer()];
process.stdout.write(`${JSON.stringify({ mongod, redis })}\n`);
