// ECS asks it whether visitors may reach a new gateway, while only requests of tests do.
import { setting } from "../env.ts";
import { log } from "../log.ts";
import { ask, type Door } from "./ask.ts";
import { type HookAnswer, hookAnswer, type HookEvent } from "./hook-answer.ts";
import { checksOf, smokeTest } from "./smoke-test.ts";

interface Settings extends Omit<Door, "timeoutMs"> {
  shop: boolean;
  operation: string;
}

/** ECS takes an exception for a refusal as well; what was wrong is in the log. */
export async function handler(event: HookEvent): Promise<HookAnswer> {
  const { shop, operation, ...door } = JSON.parse(setting("SMOKE_TEST")) as Settings;
  const verdict = await smokeTest(checksOf({ shop, operation }), (path, body) =>
    ask({ ...door, timeoutMs: 10_000 }, path, body),
  );
  const answer = hookAnswer(event, verdict);
  log("smoke test", { deployment: event.resourceArn, stage: event.lifecycleStage, ...verdict, ...answer });
  return answer;
}
