import { type Mongo } from "@tradegraph/kit/mongo";

/** A database command as the driver sent it. */
export interface CountedCommand {
  name: string;
  collection: string;
}

const silent = new Set(["ping", "hello", "endSessions"]);

/** Runs `work` and returns the database commands it caused: what N+1 looks like, and that there is none. */
export async function commandsOf<T>(
  mongo: Mongo,
  work: () => Promise<T>,
): Promise<{ result: T; commands: CountedCommand[] }> {
  const client = mongo.connection.getClient();
  const commands: CountedCommand[] = [];
  const listen = (event: { commandName: string; command: Record<string, unknown> }) => {
    if (!silent.has(event.commandName))
      commands.push({ name: event.commandName, collection: String(event.command[event.commandName]) });
  };
  client.on("commandStarted", listen);
  try {
    return { result: await work(), commands };
  } finally {
    client.off("commandStarted", listen);
  }
}
