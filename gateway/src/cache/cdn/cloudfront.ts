// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/invalidation-by-tags.html
import { randomUUID } from "node:crypto";
// The type alone: an ordinary import would load the SDK.
import type * as Sdk from "@aws-sdk/client-cloudfront";
import { TaskCancelledError, timeout, TimeoutStrategy } from "cockatiel";
import { CdnError, type CdnProvider, failureOf } from "./cdn-provider.ts";
import { type CdnAccount } from "./cdn-rules.ts";

/** CloudFront says "too many" with the status of a wrong request. */
const tooMany = /^(?:TooManyInvalidationsInProgress|Throttling|ThrottlingException|TooManyRequestsException)$/;
/** Invalidations of wildcards are counted in minutes. */
const tooManyMs = 10_000;

function errorOf(error: unknown): CdnError {
  if (error instanceof TaskCancelledError) return new CdnError("failed", "no answer (timeout)");
  const { name = "unknown", $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
  const status = $metadata?.httpStatusCode;
  if (tooMany.test(name)) return new CdnError("limited", `answered ${name}`, tooManyMs);
  // Without an answer there are no credentials either, which may come later: those of a task are fetched.
  return new CdnError(status === undefined ? "failed" : failureOf(status), `answered ${name}`);
}

/**
 * The distribution needs a `CacheTagConfig`, or it knows no tags. Credentials come from where the SDK looks for them; they
 * need `cloudfront:CreateInvalidation`. The SDK's own attempts are off: the purger repeats with whatever has come since.
 */
export function createCloudFront({ id, url, timeoutMs = 5_000 }: CdnAccount): CdnProvider {
  let opened: Promise<{ client: Sdk.CloudFrontClient; sdk: typeof Sdk }> | undefined;
  const open = () =>
    (opened ??= import("@aws-sdk/client-cloudfront").then((sdk) => ({
      sdk,
      client: new sdk.CloudFrontClient({
        // CloudFront is everywhere and is managed here.
        region: "us-east-1",
        maxAttempts: 1,
        requestHandler: { connectionTimeout: 2_000, requestTimeout: timeoutMs, throwOnRequestTimeout: true },
        ...(url !== undefined && { endpoint: url }),
      }),
    })));
  // The SDK heeds no signal while it looks for credentials.
  const inTime = timeout(timeoutMs, TimeoutStrategy.Aggressive).dangerouslyUnref();
  const invalidate = async (items: string[], signal: AbortSignal) => {
    try {
      const { client, sdk } = await open();
      const Paths = { Quantity: items.length, Items: items };
      const command = new sdk.CreateInvalidationCommand({
        DistributionId: id,
        InvalidationBatch: { CallerReference: randomUUID(), Paths },
      });
      await inTime.execute(({ signal: abortSignal }) => client.send(command, { abortSignal }), signal);
    } catch (error) {
      throw errorOf(error);
    }
  };
  return {
    name: "cloudfront",
    // 3,000 may be in progress.
    maxTags: 1_000,
    hasSoft: false,
    purgeTags: (tags, { signal }) =>
      invalidate(
        tags.map((tag) => `#${tag}`),
        signal,
      ),
    purgeAll: ({ signal }) => invalidate(["/*"], signal),
  };
}
