// What services.ts says a program reads is what its env.ts reads: a name that is missing there reaches no deployment, and one
// too many is set by people for nothing.
import { settings as content } from "@tradegraph/content/env";
import { settings as gateway } from "@tradegraph/gateway/env";
import { settings as orders } from "@tradegraph/orders/env";
import { settings as products } from "@tradegraph/products/env";
import { settings as users } from "@tradegraph/users/env";
import { describe, expect, it } from "vitest";
import { type ServiceName, services } from "../services.ts";

const shapes: Record<ServiceName, object> = {
  ...{ gateway: gateway(false), products: products(), orders: orders(), users: users(true), content: content() },
};

/** Read to be refused: nobody is to set it (SEC-1). */
const REFUSED = ["JWT_SECRET"];
/** Read by Apollo's libraries, and only set by env.ts where nobody has said something else. */
const OF_LIBRARIES = ["APOLLO_TELEMETRY_DISABLED"];

describe("services.ts", () => {
  it.each(services)("lists what env.ts of $name reads, once, and nothing else", ({ name, env }) => {
    const read = Object.keys(shapes[name]).filter((setting) => !REFUSED.includes(setting));
    expect(env.filter((setting) => !OF_LIBRARIES.includes(setting)).sort()).toEqual(read.sort());
  });
});
