// On ECS the gateway purges CloudFront by the role of its task: ECS gives the keys, and no setting holds any.
import { createServer, type Server } from "node:http";
import { type AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createCdnProvider } from "../src/cache/cdn/create-cdn-provider.ts";
import { cdnId, type FakeCdn, startFakeCdn } from "./fake-cdn.ts";

const keys = {
  AccessKeyId: "AKIDTEST",
  SecretAccessKey: "secret",
  Token: "token of the role",
  Expiration: new Date(Date.now() + 3_600_000).toISOString(),
};
let cdn: FakeCdn;
let endpoint: Server;
let asked: string[];

beforeEach(async () => {
  asked = [];
  endpoint = createServer((request, response) => {
    asked.push(request.url ?? "");
    response.setHeader("content-type", "application/json").end(JSON.stringify(keys));
  });
  await new Promise<void>((resolve) => endpoint.listen(0, "127.0.0.1", resolve));
  cdn = await startFakeCdn("cloudfront");
  // Neither a region nor files, as in the task.
  const own = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE", "AWS_REGION"];
  for (const name of own) vi.stubEnv(name, undefined);
  for (const name of ["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"]) vi.stubEnv(name, "/dev/null");
  const { port } = endpoint.address() as AddressInfo;
  vi.stubEnv("AWS_CONTAINER_CREDENTIALS_FULL_URI", `http://127.0.0.1:${port}/role`);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await cdn.stop();
  await new Promise((resolve) => endpoint.close(resolve));
});

it("asks ECS for the keys of its role and signs purges with them", async () => {
  const provider = createCdnProvider({ name: "cloudfront", id: cdnId, url: cdn.url });
  await provider.purgeTags(["Product:1"], { signal: new AbortController().signal });
  expect(asked).toEqual(["/role"]);
  expect(cdn.accepted.map(({ tags }) => tags)).toEqual([["Product:1"]]);
});
