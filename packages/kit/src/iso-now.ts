let millisecond = 0;
let text = "";

/** Now, as ISO 8601 in UTC. Whoever asks in one millisecond is given one text: making it takes longer than a log line. */
export function isoNow(): string {
  const now = Date.now();
  if (now !== millisecond) text = new Date(now).toISOString();
  millisecond = now;
  return text;
}
