// Database commands of a traced request as spans: what is asked of which collection, never for what.
import { type mongo } from "mongoose";
import { silentCommands } from "./mongo-metrics.ts";
import { type TraceSpan, currentTrace } from "./trace.ts";

/** Commands under way that are remembered; those of a server that never answers must not pile up. */
const mostOpen = 10_000;

/** Registers the listeners; commands outside of a traced request, such as those of workers, make no spans. */
export function traceMongo(client: mongo.MongoClient): void {
  const open = new Map<number, TraceSpan>();
  client.on("commandStarted", (event) => {
    if (silentCommands.has(event.commandName)) return;
    const trace = currentTrace();
    if (!trace) return;
    const { commandName, command, databaseName } = event;
    const target: unknown = commandName === "getMore" ? command.collection : command[commandName];
    const collection = typeof target === "string" ? target : undefined;
    const span = trace.child(collection === undefined ? commandName : `${commandName} ${collection}`, {
      kind: "client",
      attributes: {
        "db.system.name": "mongodb",
        "db.namespace": databaseName,
        "db.operation.name": commandName,
        ...(collection !== undefined && { "db.collection.name": collection }),
      },
    });
    if (!span) return;
    if (open.size > mostOpen) open.clear();
    open.set(event.requestId, span);
  });
  const take = (requestId: number) => {
    const span = open.get(requestId);
    open.delete(requestId);
    return span;
  };
  client.on("commandSucceeded", ({ requestId }) => take(requestId)?.end());
  client.on("commandFailed", ({ requestId, failure }) => {
    const span = take(requestId);
    const { code, name } = failure as Error & { code?: unknown };
    if (typeof code === "number") span?.set({ "db.response.status_code": String(code) });
    span?.fail(typeof code === "number" ? String(code) : name);
    span?.end();
  });
}
