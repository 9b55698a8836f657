// What was seeded, remembered in the database itself: an emptied or foreign database tells its own story.
import { type Server, withDatabase } from "./databases.ts";

interface SeedState {
  _id: string;
  /** Products per shop; null after `seed clean`. */
  scale: number | null;
  finishedAt?: Date;
}

const collection = "seedState";

const withState = <T>(server: Server, work: (states: ReturnType<typeof statesOf>) => Promise<T>): Promise<T> =>
  withDatabase(server, "products", (mongo) => work(statesOf(mongo)));

const statesOf = ({ connection }: Parameters<Parameters<typeof withDatabase>[2]>[0]) =>
  connection.collection<SeedState>(collection);

/** True when demo data was written once, to its end; what users deleted since stays deleted. */
export const isSeeded = (server: Server): Promise<boolean> =>
  withState(server, async (states) => {
    const state = await states.findOne({ _id: "demo" });
    return state?.finishedAt !== undefined || state?.scale === null;
  });

/**
 * Notes the size of the world before it is written. A world of another size has other people behind the same numbers, so
 * the two do not mix.
 *
 * @throws Error that says how to get there
 */
export const claimScale = (server: Server, scale: number): Promise<void> =>
  withState(server, async (states) => {
    const state = await states.findOne({ _id: "demo" });
    if (state?.scale && state.scale !== scale) {
      throw new Error(
        `The database is seeded with ${state.scale} products per shop; remove them first: pnpm seed clean --yes.`,
      );
    }
    await states.updateOne({ _id: "demo" }, { $set: { scale }, $unset: { finishedAt: "" } }, { upsert: true });
  });

export const markSeeded = (server: Server): Promise<unknown> =>
  withState(server, (states) => states.updateOne({ _id: "demo" }, { $set: { finishedAt: new Date() } }));

export const markCleaned = (server: Server): Promise<unknown> =>
  withState(server, (states) => states.updateOne({ _id: "demo" }, { $set: { scale: null } }, { upsert: true }));
