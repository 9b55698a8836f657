// From messages about changed objects of the bucket to paths of the CDN.

export interface Message {
  messageId: string;
  body: string;
}

/** Only these are served: the CDN sends /assets/* to the bucket. */
const SERVED = "assets/";

/** Each path of an invalidation costs $0.005 beyond 1,000 a month, one with a star counts once. */
export const MOST_PATHS = 30;

/** Keys in notifications of S3 are form-encoded: spaces are plus signs. */
const keyOf = (encoded: string) => decodeURIComponent(encoded.replaceAll("+", " "));

/** @returns keys of one message; none for the test that S3 sends when notifications are switched on */
function keysOf(body: string): string[] {
  const { Records = [] } = JSON.parse(body) as { Records?: { s3?: { object?: { key?: string } } }[] };
  return Records.flatMap(({ s3 }) => (s3?.object?.key === undefined ? [] : [keyOf(s3.object.key)]));
}

/**
 * @returns paths, each once; messages that nobody can read
 */
export function pathsOf(messages: Message[]): { paths: string[]; unreadable: string[] } {
  const unreadable: string[] = [];
  const keys = messages.flatMap(({ messageId, body }) => {
    try {
      return keysOf(body);
    } catch {
      unreadable.push(messageId);
      return [];
    }
  });
  const served = [...new Set(keys)].filter((key) => key.startsWith(SERVED)).sort();
  // CloudFront takes paths as they are in addresses, and a star of a key for a wildcard.
  const paths = served.map((key) => `/${key.split("/").map(encodeURIComponent).join("/")}`.replaceAll("*", "%2A"));
  return { paths: paths.length > MOST_PATHS ? [`/${SERVED}*`] : paths, unreadable };
}
