import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { jwtRing, readRing, watchRing } from "@tradegraph/kit/key-ring";
import { silentLogger } from "@tradegraph/testkit/test-database";
import { decodeProtectedHeader } from "jose";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTokenVerifier } from "../../../gateway/src/viewer.ts";
import { createTokenIssuer, type SignedInViewer } from "../src/token-issuer.ts";

const root = resolve(import.meta.dirname, "../../..");
const keys = (...words: string[]) =>
  promisify(execFile)(process.execPath, ["scripts/keys.ts", "jwt", ...words], { cwd: root });

let folder: string;
let file: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "rotation-"));
  file = join(folder, "ring.json");
  await keys("init", "--file", file);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const viewer: SignedInViewer = {
  ...{ tenantId: "acme", role: "customer", userId: "a".repeat(24), sessionId: "b".repeat(24), scopes: [] },
};

it("refuses no token while keys are rotated by command, and the old key's when its time is over", async () => {
  const ring = watchRing({ path: file, schema: jwtRing, logger: silentLogger, pollMs: 100 });
  // Time of the issuer, which the test moves on to the old key's end.
  let ahead = 0;
  const issuer = createTokenIssuer({
    ...{ keys: ring.keys, issuer: "tests", audience: "tests", lifetimeSeconds: 7_200, refreshLifetimeSeconds: 7_200 },
    clock: () => new Date(Date.now() + ahead),
  });
  const server = createServer((_request, response) => {
    void issuer.jwks().then((jwks) => response.end(JSON.stringify(jwks)));
  });
  await new Promise<void>((done) => void server.listen(0, "127.0.0.1", done));
  const jwksUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`;
  const keysCacheMs = 200;
  const verify = createTokenVerifier({ jwksUrl, issuer: "tests", audience: "tests", keysCacheMs }, silentLogger);
  const issue = async () => (await issuer.issue(viewer, Math.floor(Date.now() / 1_000))).accessToken;

  const first = await issue();
  const kids = new Set<string | undefined>();
  const failures: string[] = [];
  let done = false;
  const traffic = (async () => {
    while (!done) {
      const token = await issue();
      kids.add(decodeProtectedHeader(token).kid);
      for (const each of [first, token]) await verify(each).catch((error: unknown) => failures.push(String(error)));
    }
  })();
  await keys("rotate", "--file", file, "--lead", "2s", "--token-lifetime", "1h", "--force");
  await expect.poll(() => kids.size, { timeout: 20_000 }).toBe(2);
  await sleep(2 * keysCacheMs);
  done = true;
  await traffic;
  expect(failures).toEqual([]);

  const [old] = readRing(jwtRing, file);
  expect(decodeProtectedHeader(first).kid).toBe(old?.kid);
  ahead = (old?.notAfter?.getTime() ?? 0) - Date.now() + 1_000;
  const latest = await issue();
  await expect
    .poll(() => verify(first).catch((error: unknown) => String(error)), { timeout: 5_000 })
    .toContain("not valid");
  expect(await verify(latest)).toMatchObject({ sub: viewer.userId });
  ring.close();
  server.close();
  server.closeAllConnections();
});
