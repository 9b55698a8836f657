// What ECS sends to a lifecycle hook and wants to hear (Developer Guide, "Lambda hooks for Amazon ECS service deployments").
import { type Verdict } from "./smoke-test.ts";

export interface HookEvent {
  lifecycleStage?: string;
  /** ARN of the deployment. */
  resourceArn?: string;
  /** What this function answered the last time. */
  hookDetails?: Record<string, unknown>;
}

export interface HookAnswer {
  hookStatus: "SUCCEEDED" | "FAILED" | "IN_PROGRESS";
  /** Seconds until ECS asks again. */
  callBackDelay?: number;
  hookDetails?: { attempt: number };
}

/** Five minutes in all: tasks are healthy before test traffic comes, so this is for what the load balancer takes. */
export const MOST_ATTEMPTS = 10;
const PAUSE_SECONDS = 30;

/** A version that is not there after all attempts has failed, as one that answers wrongly has at once. */
export function hookAnswer({ hookDetails }: HookEvent, { state }: Verdict): HookAnswer {
  if (state === "passed") return { hookStatus: "SUCCEEDED" };
  const before = hookDetails?.["attempt"];
  const attempt = (typeof before === "number" ? before : 0) + 1;
  if (state === "failed" || attempt >= MOST_ATTEMPTS) return { hookStatus: "FAILED" };
  return { hookStatus: "IN_PROGRESS", callBackDelay: PAUSE_SECONDS, hookDetails: { attempt } };
}
