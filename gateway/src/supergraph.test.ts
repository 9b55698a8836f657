import { ApolloGateway } from "@apollo/gateway";
import { composeServices } from "@apollo/composition";
import { createLogger } from "@tradegraph/kit/logger";
import { parse } from "graphql";
import { describe, expect, it } from "vitest";
import { pinApolloEnvironment } from "./env.ts";
import { loadableSupergraph } from "./supergraph.ts";

function compose(directives: string, fields: string): string {
  const typeDefs = parse(`
    extend schema @link(url: "https://specs.apollo.dev/federation/v2.12", import: ["@key", ${directives}])
    type Query { open: String ${fields} }
    type Thing @key(fields: "id") { id: ID! }
  `);
  const { supergraphSdl, errors } = composeServices([{ name: "a", url: "http://a.example", typeDefs }]);
  if (!supergraphSdl) throw new Error(errors?.join());
  return supergraphSdl;
}

const guarded = compose(
  '"@requiresScopes", "@policy"',
  'a: String @requiresScopes(scopes: [["x"]]) b: String @policy(policies: [["y"]])',
);
const tagged = compose('"@cacheTag"', 'a: String @cacheTag(format: "a")');
const plain = compose('"@tag"', 'a: String @tag(name: "x")');

function load(supergraphSdl: string) {
  pinApolloEnvironment();
  const quiet = createLogger({ service: "test", level: "silent" });
  const gateway = new ApolloGateway({ supergraphSdl, logger: quiet });
  return gateway.load().finally(() => gateway.stop());
}

describe("loadableSupergraph", () => {
  it("is needed: ApolloGateway refuses both kinds as they are", async () => {
    await expect(load(guarded)).rejects.toThrow(/for: SECURITY but is unsupported|check failed/i);
    await expect(load(tagged)).rejects.toThrow(/for: EXECUTION but is unsupported|check failed/i);
  });

  it("leaves a supergraph without them untouched", () => {
    expect(loadableSupergraph(plain)).toBe(plain);
  });

  it("makes cache tags load", async () => {
    const sdl = loadableSupergraph(tagged);
    expect(sdl).not.toContain('for: EXECUTION)\n  @link(url: "https://specs.apollo.dev/cacheTag');
    await expect(load(sdl)).resolves.toHaveProperty("schema");
  });

  it("refuses a security feature that nothing enforces", () => {
    expect(() => loadableSupergraph(guarded)).toThrow(/@requiresScopes|@policy/);
    expect(() => loadableSupergraph(guarded, new Set(["requiresScopes"]))).toThrow("@policy");
  });

  it("loads security features that are enforced, and keeps their directives in the text", async () => {
    const sdl = loadableSupergraph(guarded, new Set(["requiresScopes", "policy"]));
    expect(sdl).toContain("@requiresScopes(scopes");
    await expect(load(sdl)).resolves.toHaveProperty("schema");
  });

  it("leaves other versions and features to ApolloGateway, which refuses them", async () => {
    const next = guarded.replaceAll("requiresScopes/v0.1", "requiresScopes/v0.9");
    const sdl = loadableSupergraph(next, new Set(["requiresScopes", "policy"]));
    await expect(load(sdl)).rejects.toThrow();
  });
});
