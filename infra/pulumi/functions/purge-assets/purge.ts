import { createHash } from "node:crypto";
import { type CloudFrontClient, CreateInvalidationCommand } from "@aws-sdk/client-cloudfront";
import { type Message, pathsOf } from "./paths.ts";

/** Messages that go back to the queue, in the form that Lambda wants for batches. */
export interface Failures {
  batchItemFailures: { itemIdentifier: string }[];
}

/**
 * Tells the CDN to forget objects that were replaced or removed.
 * @throws where CloudFront refuses: all messages come again
 */
export async function purge(
  client: Pick<CloudFrontClient, "send">,
  DistributionId: string,
  messages: Message[],
): Promise<Failures & { paths: string[] }> {
  const { paths, unreadable } = pathsOf(messages);
  if (paths.length > 0) {
    await client.send(
      new CreateInvalidationCommand({
        DistributionId,
        InvalidationBatch: {
          // The same messages once more are the same invalidation, which CloudFront carries out and counts once.
          CallerReference: referenceOf(messages),
          Paths: { Quantity: paths.length, Items: paths },
        },
      }),
    );
  }
  return { paths, batchItemFailures: unreadable.map((itemIdentifier) => ({ itemIdentifier })) };
}

const referenceOf = (messages: Message[]) =>
  createHash("sha256")
    .update(messages.map(({ messageId }) => messageId).join(" "))
    .digest("hex");
