import { describe, expect, it } from "vitest";
import { smoke } from "./checks.ts";

type Answers = Partial<Record<"health" | "home" | "nonsense", () => Response>>;
const json =
  (value: unknown, status = 200) =>
  () =>
    new Response(JSON.stringify(value), { status });
const well: Required<Answers> = {
  health: json({ status: "ok" }),
  home: json({ data: { products: { nodes: [1, 2] } } }),
  nonsense: json({ errors: [{ message: "no such field" }] }, 400),
};

/** Which checks fail, and what the others saw. */
async function against(answers: Answers = {}, slowestMs = 1000) {
  const asked: string[] = [];
  const fetch = ((url: URL, { body }: { body?: string } = {}) => {
    asked.push(String(url));
    const which = body === undefined ? "health" : body.includes("thisFieldIsNotThere") ? "nonsense" : "home";
    return Promise.resolve((answers[which] ?? well[which])());
  }) as unknown as typeof globalThis.fetch;
  const checks = await smoke("https://api.example/graphql", { slowestMs, tries: 2, pauseMs: 1, fetch });
  return { asked, checks, failed: checks.filter(({ ok }) => !ok).map(({ name, detail }) => `${name}: ${detail}`) };
}

describe("the smoke test", () => {
  it("asks for health, the first page and nonsense, at the address it was given", async () => {
    const { asked, failed } = await against();
    expect(failed).toEqual([]);
    expect(new Set(asked)).toEqual(new Set(["https://api.example/health", "https://api.example/graphql"]));
  });

  it.each<[string, Answers, string]>([
    ["a sick gateway", { health: json({}, 503) }, "health: answered 503, not 200"],
    [
      "an error of a subgraph",
      { home: json({ data: null, errors: [{ message: "products away" }] }) },
      "GraphQL answers: answered 200: products away",
    ],
    [
      "an answer of somebody else",
      { home: () => new Response("<html>") },
      "GraphQL answers: answered 200 with something that is no JSON",
    ],
    [
      "a gateway without its guards",
      { nonsense: json({ data: {} }) },
      "GraphQL refuses nonsense: answered 200, with data",
    ],
    [
      "a gateway that breaks on nonsense",
      { nonsense: json({ errors: [{ message: "oops" }] }, 500) },
      "GraphQL refuses nonsense: answered 500, without an error",
    ],
  ])("sees %s", async (_what, answers, line) => {
    const { failed } = await against(answers);
    expect(failed).toContain(line);
  });

  it("sees slow answers", async () => {
    expect((await against({}, -1)).failed.join()).toContain("latency");
  });

  it("passes where the host is nobody's shop, and says so", async () => {
    const message = "No marketplace is named: use its host name, an access token.";
    const { checks, failed } = await against({
      home: json({ errors: [{ message, extensions: { code: "BAD_USER_INPUT" } }] }, 400),
    });
    expect(failed).toEqual([]);
    expect(checks[1]?.detail).toContain("this host has no shop");
  });

  it("tries again before it gives up", async () => {
    let calls = 0;
    const health = () => new Response(null, { status: ++calls === 1 ? 502 : 200 });
    expect((await against({ health })).failed).toEqual([]);
  });
});
