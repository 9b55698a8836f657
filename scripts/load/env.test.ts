import { describe, expect, it } from "vitest";
import { readCredentials } from "./env.ts";

describe("readCredentials", () => {
  it("makes headers of a key or a token", () => {
    expect(readCredentials({ LOAD_API_KEY: "tgk_1" })).toEqual({ "x-api-key": "tgk_1" });
    expect(readCredentials({ LOAD_TOKEN: "jwt" })).toEqual({ authorization: "Bearer jwt" });
    expect(readCredentials({})).toEqual({});
  });

  it("refuses both, as the gateway does", () => {
    expect(() => readCredentials({ LOAD_API_KEY: "tgk_1", LOAD_TOKEN: "jwt" })).toThrow("LOAD_API_KEY");
  });
});
