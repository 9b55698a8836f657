import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestGateway, type TestGateway } from "./start-gateway.ts";

let test: TestGateway;
beforeAll(async () => {
  test = await startTestGateway({ pages: ["sandbox", "graphiql"], introspection: true });
});
afterAll(() => test.stop());

it("serves Sandbox with a policy that allows its vendor and its own nonce only", async () => {
  const { status, headers, text } = await test.send({ path: "/" });
  expect(status).toBe(200);
  const policy = headers.get("content-security-policy") ?? "";
  const [, nonce = "missing"] = /'nonce-([^']+)'/.exec(policy) ?? [];
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("frame-src https://sandbox.embed.apollographql.com");
  expect(policy).not.toContain("unsafe");
  const opening = [...text.matchAll(/<(?:script|style)[^>]*>/g)].map(([tag]) => tag);
  expect(opening).toHaveLength(3);
  for (const tag of opening) expect(tag).toContain(`nonce="${nonce}"`);
  const again = await test.send({ path: "/" });
  expect(again.text).not.toContain(nonce);
});

it("serves GraphiQL without any address outside", async () => {
  const { status, headers } = await test.send({ path: "/graphiql" });
  expect(status).toBe(200);
  expect(headers.get("content-security-policy")).toContain("connect-src 'self'");
  expect(headers.get("content-security-policy")).not.toMatch(/https?:|unsafe-eval/);
});

it("sends browsers that open the endpoint to a page", async () => {
  const answer = await test.send({ headers: { accept: "text/html,*/*" }, redirect: "manual" });
  expect([answer.status, answer.headers.get("location")]).toEqual([302, "/graphiql"]);
});

it("has no pages unless they are switched on", async () => {
  const closed = await startTestGateway();
  expect((await closed.send({ path: "/" })).status).toBe(404);
  expect((await closed.send({ path: "/graphiql" })).status).toBe(404);
  expect((await closed.send({ headers: { accept: "text/html" }, redirect: "manual" })).status).toBe(400);
  await closed.stop();
});
