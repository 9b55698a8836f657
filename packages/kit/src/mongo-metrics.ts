// Figures of the database as the driver sees it: commands and the pool (CON-3).
import { type mongo } from "mongoose";
import { Counter, durationBuckets, Gauge, Histogram, type Registry } from "./metrics.ts";

/** Handshakes and pings say nothing about what an operation costs. */
export const silentCommands = new Set([
  "hello",
  "isMaster",
  "ping",
  "saslStart",
  "saslContinue",
  "endSessions",
  "buildInfo",
]);

/** Comment by which the looks into others' collections of what carries events are told from those of requests. */
export const relayComment = "relay";

/** Registers the listeners; call before `client.connect()`, or the first connections are not counted. */
export function observeMongo(client: mongo.MongoClient, registry: Registry): void {
  const commands = new Histogram({
    name: "mongodb_command_duration_seconds",
    help: "Time of each database command as the driver measured it",
    labelNames: ["command", "collection", "outcome", "worker"],
    buckets: durationBuckets,
    registers: [registry],
  });
  // commandSucceeded has no body: the collection is remembered from commandStarted, in a map that cannot grow for ever.
  const collections = new Map<number, { collection: string; worker: string }>();
  client.on("commandStarted", (event) => {
    if (silentCommands.has(event.commandName)) return;
    const target: unknown =
      event.commandName === "getMore" ? event.command.collection : event.command[event.commandName];
    if (collections.size > 10_000) collections.clear();
    collections.set(event.requestId, {
      collection: typeof target === "string" ? target : "-",
      worker: event.command.comment === relayComment ? relayComment : "",
    });
  });
  const finished = (outcome: string) => (event: { requestId: number; commandName: string; duration: number }) => {
    const labels = collections.get(event.requestId);
    if (labels === undefined) return;
    collections.delete(event.requestId);
    commands.observe({ command: event.commandName, outcome, ...labels }, event.duration / 1000);
  };
  client.on("commandSucceeded", finished("ok"));
  client.on("commandFailed", finished("error"));
  observePool(client, registry);
}

function observePool(client: mongo.MongoClient, registry: Registry): void {
  const connections = new Gauge({
    name: "mongodb_pool_connections",
    help: "Connections of the pool: total, and in use by an operation",
    labelNames: ["state"],
    registers: [registry],
  });
  const failures = new Counter({
    name: "mongodb_pool_checkout_failures_total",
    help: "Operations that got no connection, by reason",
    labelNames: ["reason"],
    registers: [registry],
  });
  const waits = new Histogram({
    name: "mongodb_pool_checkout_seconds",
    help: "Time an operation waited for a connection",
    buckets: durationBuckets,
    registers: [registry],
  });
  client.on("connectionCreated", () => connections.inc({ state: "total" }));
  client.on("connectionClosed", () => connections.dec({ state: "total" }));
  client.on("connectionCheckedOut", (event) => {
    connections.inc({ state: "in_use" });
    waits.observe(event.durationMS / 1000);
  });
  client.on("connectionCheckedIn", () => connections.dec({ state: "in_use" }));
  client.on("connectionCheckOutFailed", (event) => failures.inc({ reason: event.reason }));
}
