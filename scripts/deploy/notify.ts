// Tells people how a release ended: one post to a webhook, where there is one.

export interface Ended {
  stack: string;
  ok: boolean;
  /** One line. */
  text: string;
}

/** Never fails a release: where nobody listens, that is said and no more. @returns what to say about it */
export async function notify(webhook: string | undefined, { stack, ok, text }: Ended): Promise<string> {
  if (webhook === undefined) return "nobody was notified: RELEASE_WEBHOOK_URL is not set";
  try {
    const response = await fetch(webhook, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ text: `Tradegraph ${stack}: ${ok ? "released" : "NOT released"}. ${text}` }),
      signal: AbortSignal.timeout(10_000),
    });
    await response.arrayBuffer();
    return response.ok ? "people were notified" : `the webhook answered ${response.status}`;
  } catch (error) {
    // Not the address: whoever has it may post.
    return `the webhook could not be reached (${(error as Error).name})`;
  }
}
