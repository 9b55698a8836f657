import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compilePolicy } from "../src/authorization/compile-policy.ts";
import { compose } from "./fake-graph.ts";
import { startTestGateway } from "./start-gateway.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "policy-"));
});
afterAll(() => rm(folder, { recursive: true }));

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.12", import: ["@policy"])`;
const sdlWith = (fields: string) =>
  compose([{ name: "one", url: "http://127.0.0.1:9/graphql", typeDefs: `${link} type Query { a: String ${fields} }` }]);
const plain = sdlWith("");
const closed = sdlWith('b: String @policy(policies: [["staff"]])');

async function start(sdl: string, policy: string | undefined, guardsOff: "authorization"[] = []) {
  const supergraphPath = join(folder, `${Math.random()}.graphql`);
  const policyPath = `${supergraphPath}.json`;
  await writeFile(supergraphPath, sdl);
  if (policy !== undefined) await writeFile(policyPath, policy);
  const test = await startTestGateway({ supergraphPath, policyPath, guardsOff });
  await test.stop();
}

describe("the gateway does not start", () => {
  const text = (sdl: string) => JSON.stringify(compilePolicy(sdl));
  it.each([
    ["without a policy file", closed, undefined, /No policy file at .*POLICY_PATH/],
    ["without one for a supergraph that closes nothing", plain, undefined, /No policy file/],
    ["with the file of another supergraph", closed, text(plain), /compiled from another supergraph/],
    ["with a file that is no JSON", closed, text(closed).slice(1), /not JSON/],
    ["with a file of a later version", closed, text(closed).replace('"version":1', '"version":2'), /cannot be read/],
    [
      "with a policy that nothing decides",
      closed.replace("staff", "moon"),
      text(closed.replace("staff", "moon")),
      /nothing decides: moon/,
    ],
  ])("%s", async (_name, sdl, policy, message) => {
    await expect(start(sdl, policy)).rejects.toThrow(message);
  });

  it("when the guard is off and the supergraph closes something", async () => {
    await expect(start(closed, text(closed), ["authorization"])).rejects.toThrow(/@policy.*guard "authorization"/);
  });
});

describe("the gateway starts", () => {
  it("with both files of one supergraph", () => start(closed, JSON.stringify(compilePolicy(closed))));

  it("without a policy file when the guard is off and the supergraph closes nothing", () =>
    start(plain, undefined, ["authorization"]));
});
