import { describe, expect, it } from "vitest";
import { orderStatuses } from "./enums.ts";
import { allowedTransitions, boughtStates } from "./order-states.ts";

describe("order states", () => {
  it("follow the table of the design, and nothing else", () => {
    const table = Object.fromEntries(orderStatuses.map((status) => [status, allowedTransitions(status)]));
    expect(table).toEqual({
      pending: ["confirmed", "cancelled"],
      confirmed: ["shipped", "cancelled"],
      shipped: ["delivered"],
      delivered: [],
      cancelled: [],
    });
  });

  it("do not go on without the approval that is waited for", () => {
    expect(allowedTransitions("pending", "pending")).toEqual(["cancelled"]);
    expect(allowedTransitions("pending", "approved")).toEqual(["confirmed", "cancelled"]);
  });

  it("lead to an end from everywhere, without a way back", () => {
    for (const status of orderStatuses) {
      let frontier = [status];
      for (let step = 0; frontier.length > 0; step += 1) {
        expect(step).toBeLessThan(orderStatuses.length);
        frontier = frontier.flatMap((from) => [...allowedTransitions(from)]);
      }
    }
  });

  it("count every order as bought that was not called off", () => {
    expect(orderStatuses.filter((status) => !boughtStates.includes(status))).toEqual(["cancelled"]);
  });
});
