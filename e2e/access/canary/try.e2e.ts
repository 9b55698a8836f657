import { it } from "vitest";
import { startInProcessGraph } from "../in-process-graph.ts";
import { createWorld } from "../world.ts";
import { kinds, type KindName, relationsFor } from "../roles.ts";
import { markEverything } from "./marking.ts";
it("x", async () => {
  const graph = await startInProcessGraph();
  try {
    const world = await createWorld(graph);
    for (const kind of Object.keys(kinds) as KindName[]) if (relationsFor(kind, "admin").includes("otherTenant")) await world.thing(kind, "admin", "otherTenant");
    const r = await markEverything(graph).catch((e: any) => { console.log(JSON.stringify(e.errInfo ?? e.message, null, 1).slice(0, 6000)); throw e; });
    console.log([...r.marked].join("\n")); console.log("UN", [...r.unmarked].join("\n"));
  } finally { await graph.stop(); }
});
