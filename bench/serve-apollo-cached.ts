// The baseline: Apollo's server and gateway with Apollo's own response cache, in memory or in Redis as its documentation
// says for more than one instance; no log, metrics or guards.
import { readFile } from "node:fs/promises";
import process from "node:process";
import { ApolloGateway } from "@apollo/gateway";
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import responseCache from "@apollo/server-plugin-response-cache";
import { KeyvAdapter } from "@apollo/utils.keyvadapter";
import KeyvRedis from "@keyv/redis";
import { Keyv } from "keyv";
import { reportToParent } from "./report-to-parent.ts";

const [supergraphPath = "", redisUrl] = process.argv.slice(2);
const gateway = new ApolloGateway({ supergraphSdl: await readFile(supergraphPath, "utf8") });
// Its package has types for CommonJS only, where the function is a member.
const plugin = responseCache as unknown as { default?: () => object } & (() => object);
// The adapter's types are for the class in Keyv's CommonJS build.
const keyv = redisUrl === undefined ? undefined : (new Keyv(new KeyvRedis(redisUrl)) as never);
const cache = keyv === undefined ? undefined : new KeyvAdapter(keyv);
const server = new ApolloServer({ gateway, plugins: [(plugin.default ?? plugin)()], ...(cache && { cache }) });
const { url } = await startStandaloneServer(server, { listen: { port: 0, host: "127.0.0.1" } });
reportToParent([Number(new URL(url).port)]);
