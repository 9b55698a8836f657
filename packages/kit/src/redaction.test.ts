import { expect, it } from "vitest";
import { createLogger } from "./logger.ts";
import { withoutRestricted } from "./redaction.ts";

function logged(object: object): Record<string, unknown> {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  createLogger({ service: "test", level: "info", destination }).info(object, "Seen");
  return JSON.parse(lines[0] ?? "") as Record<string, unknown>;
}

it("hides restricted fields at the top, in parts, in lists and in errors, and nothing else", () => {
  const error = Object.assign(new Error("No"), { user: { email: "anna@example.com" } });
  const object = {
    ...{ email: "anna@example.com", requestId: "r1", error },
    order: { number: "A-1", shippingAddress: "enc", people: [{ firstName: "Anna", role: "admin" }] },
  };
  const line = logged(object);
  expect(JSON.stringify(line)).not.toMatch(/anna|"enc"/i);
  expect(line).toMatchObject({
    ...{ email: "[redacted]", requestId: "r1", msg: "Seen", error: { message: "No", user: { email: "[redacted]" } } },
    order: { number: "A-1", people: [{ firstName: "[redacted]", role: "admin" }] },
  });
  // What was logged is still whole for whoever logged it.
  expect(object).toMatchObject({ email: "anna@example.com", order: { people: [{ firstName: "Anna" }] } });
});

it("gives what has nothing to hide back as it is, a circle too", () => {
  const circle: { inner?: object } = {};
  circle.inner = circle;
  const harmless = { requestId: "r1", parts: [{ n: 1 }], at: new Date(), circle };
  expect(withoutRestricted(harmless)).toBe(harmless);
});
