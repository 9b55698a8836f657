// After a rotation an event starts it: programs read secrets when they start, so they start anew.
import { ECSClient } from "@aws-sdk/client-ecs";
import { setting } from "../env.ts";
import { log } from "../log.ts";
import { type Readers, redeploy, type RotatedEvent } from "./redeploy.ts";

const client = new ECSClient();

/** @throws where ECS refuses: Lambda tries twice more, then tells people */
export async function handler(event: RotatedEvent): Promise<void> {
  const deployed = await redeploy(client, event, JSON.parse(setting("READERS")) as Readers);
  log("redeployed", { secret: event.detail.additionalEventData?.SecretId, deployed });
}
