// After each weekly restore AWS Backup starts it by an event: is what came back worth anything?
import { BackupClient } from "@aws-sdk/client-backup";
import { DocDBClient } from "@aws-sdk/client-docdb";
import { EFSClient } from "@aws-sdk/client-efs";
import { setting } from "../env.ts";
import { log } from "../log.ts";
import { type RestoreEvent, verify } from "./verify.ts";

const clients = { backup: new BackupClient(), docdb: new DocDBClient(), efs: new EFSClient() };

/** @throws after a bad verdict as well: a failed call of the function is what people are told of */
export async function handler(event: RestoreEvent): Promise<void> {
  const verdict = await verify(clients, event, setting("ISOLATED_SUBNET_GROUP"));
  log("restore verified", { job: event.detail.restoreJobId, ...verdict });
  if (!verdict.good) throw new Error(`the backup is not good: ${verdict.message}`);
}
