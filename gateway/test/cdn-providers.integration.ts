// Each CDN's interface over HTTP.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type CdnName, cdnNames } from "../src/cache/cdn/cdn-rules.ts";
import { CdnError } from "../src/cache/cdn/cdn-provider.ts";
import { createCdnProvider } from "../src/cache/cdn/create-cdn-provider.ts";
import { cdnId, cdnToken, type FakeCdn, startFakeCdn } from "./fake-cdn.ts";

describe.each(cdnNames)("%s", (name: CdnName) => {
  let cdn: FakeCdn;
  const signal = new AbortController().signal;
  const provider = (token = cdnToken) => createCdnProvider({ name, id: cdnId, token, url: cdn.url, timeoutMs: 500 });
  const failure = async (purge: Promise<void>): Promise<CdnError> => {
    const error: unknown = await purge.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (!(error instanceof CdnError)) throw new Error("The purge was accepted.");
    expect(`${error.message} ${JSON.stringify(error)}`).not.toContain(cdnToken);
    return error;
  };

  beforeEach(async () => {
    vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIDTEST");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "secret");
    cdn = await startFakeCdn(name);
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await cdn.stop();
  });

  it("purges tags and everything", async () => {
    await provider().purgeTags(["Product:1", 'Odd:{"a%20<b>&"}'], { signal });
    await provider().purgeAll({ signal });
    expect(cdn.accepted.map(({ everything }) => everything)).toEqual([false, true]);
    expect(cdn.accepted[0]?.tags[0]).toBe("Product:1");
  });

  it("takes as many tags in one call as it says", async () => {
    const tags = Array.from({ length: provider().maxTags }, (_, index) => `Product:${index}`);
    await provider().purgeTags(tags, { signal });
    expect(cdn.accepted[0]?.tags).toEqual(tags);
  });

  it("purges softly where it can", async () => {
    await provider().purgeTags(["a"], { signal, isSoft: true });
    expect(cdn.accepted[0]?.isSoft).toBe(name === "fastly");
    expect(provider().hasSoft).toBe(name === "fastly");
  });

  it("refuses who has no right to", async () => {
    if (name === "cloudfront") vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIDOTHER");
    expect((await failure(provider("another-token").purgeTags(["a"], { signal }))).failure).toBe("refused");
    expect(cdn.accepted).toEqual([]);
  });

  it("says how long it wants to be left alone", async () => {
    const inSeconds = String(Math.ceil(Date.now() / 1_000) + 20);
    const limits = {
      fastly: { status: 429, headers: { "fastly-ratelimit-reset": inSeconds } },
      cloudflare: { status: 429, headers: { "retry-after": "20" } },
      cloudfront: { status: 400, code: "TooManyInvalidationsInProgress" },
    };
    cdn.trouble(() => limits[name]);
    const error = await failure(provider().purgeAll({ signal }));
    expect(error.failure).toBe("limited");
    expect(error.retryAfterMs).toBeGreaterThan(9_000);
    expect(error.retryAfterMs).toBeLessThan(22_000);
  });

  it.each([
    [{ status: 500 }, "failed"],
    [{ status: 503, headers: { "retry-after": "3" } }, "failed"],
    [{ status: 400, code: "InvalidArgument" }, "invalid"],
    [{ status: 404, code: "NoSuchDistribution" }, "refused"],
    ["reset" as const, "failed"],
    ["silence" as const, "failed"],
  ])("fails for %j", async (trouble, expected) => {
    cdn.trouble(() => trouble);
    const start = performance.now();
    expect((await failure(provider().purgeTags(["a"], { signal }))).failure).toBe(expected);
    expect(performance.now() - start).toBeLessThan(2_000);
  });

  it("is not waited for any more when the gateway ends", async () => {
    cdn.trouble(() => "silence");
    const ending = new AbortController();
    const purge = failure(provider().purgeAll({ signal: ending.signal }));
    await vi.waitUntil(() => cdn.asked() === 1, 15_000);
    ending.abort();
    expect((await purge).failure).toBe("failed");
  });
});

it("does not wait for credentials of AWS longer than for CloudFront", async () => {
  const folder = await mkdtemp(join(tmpdir(), "tradegraph-aws-"));
  const file = join(folder, "config");
  await writeFile(file, "[default]\ncredential_process = sleep 3\n");
  for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"]) vi.stubEnv(name, undefined);
  for (const name of ["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"]) vi.stubEnv(name, file);
  const provider = createCdnProvider({ name: "cloudfront", id: cdnId, url: "http://127.0.0.1:9", timeoutMs: 300 });
  const start = performance.now();
  await expect(provider.purgeAll({ signal: new AbortController().signal })).rejects.toThrow("no answer (timeout)");
  expect(performance.now() - start).toBeLessThan(2_000);
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

it("does not take Cloudflare's 200 for an answer that says no", async () => {
  const cdn = await startFakeCdn("cloudflare");
  const provider = createCdnProvider({ name: "cloudflare", id: cdnId, token: cdnToken, url: cdn.url });
  cdn.trouble(() => ({ status: 200, code: "1134" }));
  await expect(provider.purgeAll({ signal: new AbortController().signal })).rejects.toThrow("without success (1134)");
  await cdn.stop();
});
