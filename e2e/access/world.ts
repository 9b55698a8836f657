// The people and things of a matrix that is being tested. Things that are only read are made once; writing wants fresh
// ones, and fresh people too, because somebody whose account was closed asks for nothing more.
import { type InProcessGraph } from "./in-process-graph.ts";
import { type Actor, type Companies, createActor, createCompanies } from "./people.ts";
import { type KindName, type Relation, type Role } from "./roles.ts";
import { type Place, type Thing } from "./thing.ts";
import { createThing } from "./things.ts";

export interface World {
  graph: InProcessGraph;
  companies: Companies;
  /** The same person every time, for reading. */
  actor: (role: Role) => Promise<Actor>;
  /** The same thing every time, for reading. */
  thing: (kind: KindName, role: Role, relation: Relation) => Promise<Thing>;
  /** A new person of this role with a new thing. */
  fresh: (kind: KindName, role: Role, relation: Relation) => Promise<{ place: Place; thing: Thing }>;
}

export async function createWorld(graph: InProcessGraph): Promise<World> {
  const models = graph.models.users;
  const companies = await createCompanies(models);
  const actor = once((role: Role) => createActor(models, companies, role));
  // Only what is one's own depends on who asks.
  const shared = once(async (kind: KindName, relation: Relation) =>
    createThing(kind, { graph, companies, relation, actor: await actor("anonymous") }),
  );
  const owned = once(async (kind: KindName, role: Role) =>
    createThing(kind, { graph, companies, relation: "own", actor: await actor(role) }),
  );
  return {
    graph,
    companies,
    actor,
    thing: (kind, role, relation) => (relation === "own" ? owned(kind, role) : shared(kind, relation)),
    async fresh(kind, role, relation) {
      const place = { graph, companies, relation, actor: await createActor(models, companies, role) };
      return { place, thing: await createThing(kind, place) };
    },
  };
}

/** Remembers by the arguments, also while the first call is running. */
function once<A extends string[], T>(work: (...args: A) => Promise<T>): (...args: A) => Promise<T> {
  const made = new Map<string, Promise<T>>();
  return (...args) => {
    const key = args.join();
    const known = made.get(key) ?? work(...args);
    made.set(key, known);
    return known;
  };
}
