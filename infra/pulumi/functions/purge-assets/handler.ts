// Reads the queue of changed objects of the assets bucket, many at a time.
import { CloudFrontClient } from "@aws-sdk/client-cloudfront";
import { setting } from "../env.ts";
import { log } from "../log.ts";
import { type Message } from "./paths.ts";
import { type Failures, purge } from "./purge.ts";

const client = new CloudFrontClient();

export async function handler({ Records }: { Records: Message[] }): Promise<Failures> {
  const { paths, batchItemFailures } = await purge(client, setting("DISTRIBUTION_ID"), Records);
  log("purged", { messages: Records.length, paths, unreadable: batchItemFailures.length });
  return { batchItemFailures };
}
