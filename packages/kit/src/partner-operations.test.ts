import { describe, expect, it } from "vitest";
import { changedOperationsText, parseChangedOperations } from "./partner-operations.ts";

const partnerId = "aaaaaaaaaaaaaaaaaaaaaaaa";

describe("a signal of changed operations", () => {
  it("says whose they are", () => {
    const changed = { tenantId: "acme", partnerId };
    expect(parseChangedOperations(changedOperationsText(changed))).toEqual(changed);
  });

  it.each(["", "acme", partnerId, `acme ${partnerId} more`, "acme nobody", ` ${partnerId}`, `platform ${partnerId}`])(
    "is not %j",
    (message) => expect(parseChangedOperations(message)).toBeUndefined(),
  );
});
