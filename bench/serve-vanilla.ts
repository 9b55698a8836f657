// The baseline: Apollo's own server, gateway and data source with their defaults; no signing, tenants, log or metrics.
import { readFile } from "node:fs/promises";
import process from "node:process";
import { ApolloGateway } from "@apollo/gateway";
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { reportToParent } from "./report-to-parent.ts";

const [supergraphPath = ""] = process.argv.slice(2);
const gateway = new ApolloGateway({ supergraphSdl: await readFile(supergraphPath, "utf8") });
const server = new ApolloServer({ gateway });
const { url } = await startStandaloneServer(server, { listen: { port: 0, host: "127.0.0.1" } });
reportToParent([Number(new URL(url).port)]);
