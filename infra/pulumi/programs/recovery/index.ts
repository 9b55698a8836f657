// What waits in a second region, so that production can go on there: docs/RECOVERY.md.
import { readSettings } from "../../lib/settings.ts";
import { currentStack } from "../../lib/stack-name.ts";
import { outputsOf } from "./outputs.ts";
import { makeSecondRegion } from "./second-region.ts";
import { settings, together } from "./settings.ts";

const given = readSettings(settings, together);
// A second region costs several hundred dollars a month and saves what only production has: customers. Other stacks have
// none unless they say so; then this one is empty, and goes up all the same.
const made = given.enabled ? makeSecondRegion(currentStack(), given) : undefined;

// lib/recovery-outputs.ts says what these are.
export const { enabled, region, network, database, cache, secrets, cluster, services, edge, plan, notifications } =
  outputsOf(given, made);
