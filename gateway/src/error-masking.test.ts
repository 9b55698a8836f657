import { createLogger } from "@tradegraph/kit/logger";
import { describe, expect, it } from "vitest";
import { createErrorFormatter } from "./error-masking.ts";

const logger = createLogger({ service: "test", level: "silent" });
const format = createErrorFormatter({ logger, masking: true, suggestions: false });

describe("createErrorFormatter", () => {
  it("masks a fault of the program, whatever it says", () => {
    const shown = format({ message: "x is not a function" }, new TypeError("x is not a function"));
    expect(shown).toEqual({
      message: "Something went wrong on our side; tell us the requestId.",
      extensions: { code: "INTERNAL_SERVER_ERROR" },
    });
  });

  it("believes a subgraph that the input is wrong, not that the document is", () => {
    const code = (extensions: object) =>
      format({ message: "m", extensions: { ...extensions } }, undefined).extensions?.code;
    expect(code({ code: "BAD_USER_INPUT", serviceName: "a" })).toBe("BAD_USER_INPUT");
    expect(code({ code: "GRAPHQL_VALIDATION_FAILED" })).toBe("GRAPHQL_VALIDATION_FAILED");
    expect(code({ code: "GRAPHQL_VALIDATION_FAILED", serviceName: "a" })).toBe("INTERNAL_SERVER_ERROR");
    expect(code({ code: { toString: "x" } })).toBe("INTERNAL_SERVER_ERROR");
  });

  it("removes suggestions, every one of them", () => {
    const extensions = { code: "BAD_USER_INPUT" };
    const message = 'No "GREN". Did you mean "GREEN"? No "RAD". Did you mean the enum value "RED"?';
    expect(format({ message, extensions }, undefined).message).toBe('No "GREN". No "RAD".');
    const loose = "No GREN: did you mean GREEN or RED";
    expect(format({ message: loose, extensions }, undefined).message).toBe("No GREN:");
    const open = createErrorFormatter({ logger, masking: true, suggestions: true });
    expect(open({ message, extensions }, undefined).message).toBe(message);
  });
});
