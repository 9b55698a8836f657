import { describe, expect, it } from "vitest";
import { readEnv } from "./env.ts";

describe("readEnv", () => {
  it("takes the default ports, and databases without one", () => {
    expect(readEnv({})).toMatchObject({ GATEWAY_PORT: 4000, CONTENT_PORT: 4004 });
    expect(readEnv({}).MONGODB_PORT).toBeUndefined();
  });

  it.each(["0", "-1", "65536", "4000.5", "abc"])("refuses %j as a port", (value) => {
    expect(() => readEnv({ USERS_PORT: value })).toThrow(/\n {2}- USERS_PORT: must be a port from 1 to 65535$/);
  });

  it("refuses one port for two programs, a default one included", () => {
    expect(() => readEnv({ ORDERS_PORT: "4000", REDIS_PORT: "4004" })).toThrow(
      /- ORDERS_PORT: is the port of GATEWAY_PORT too; .*\n.*- REDIS_PORT: is the port of CONTENT_PORT too/,
    );
  });
});
