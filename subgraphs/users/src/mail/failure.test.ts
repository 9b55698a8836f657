import { expect, it } from "vitest";
import { mailFailureOf } from "./failure.ts";

it.each([
  ["an unknown mailbox", { code: "EENVELOPE", responseCode: 550 }, "550", true, false],
  ["a mailbox that is full for now", { code: "EENVELOPE", responseCode: 452 }, "452", false, false],
  ["a sender that is not set up yet", { code: "EMESSAGE", responseCode: 554 }, "554", false, false],
  ["a refused connection", { code: "ESOCKET", errno: -111 }, "ESOCKET", false, true],
  ["a wrong password", { code: "EAUTH", responseCode: 535 }, "EAUTH", false, true],
  ["a server that is closing", { code: "ECONNECTION", responseCode: 421 }, "ECONNECTION", false, true],
  ["a full disk", { code: "ENOSPC" }, "ENOSPC", false, true],
  ["a fault of ours", new TypeError("x"), "UNKNOWN", false, false],
])("takes %s for what it is", (_, error, code, isFinal, isServerDown) => {
  expect(mailFailureOf(error)).toEqual({ code, isFinal, isServerDown });
});
