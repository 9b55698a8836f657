// Parts of a fetch that are asked for as the caller and not kept, in one question.
import { askAsCaller, type ClientFetch } from "../../data-source.ts";
import { type CachingOptions } from "./caching-options.ts";
import { type Part, type PartOutcome, type PartsOfFetch } from "./part.ts";

/** Asks; a subgraph that does not answer fails all of the parts. Never rejects. */
export async function askPartsAsCaller<P extends Part>(
  { origin }: CachingOptions,
  fetch: ClientFetch,
  request: PartsOfFetch<P>,
  parts: readonly P[],
): Promise<Map<P, PartOutcome>> {
  try {
    const answer = await askAsCaller(origin, fetch, request.question(parts));
    const said = request.read(answer, parts);
    return new Map(parts.map((part, index) => [part, said[index] as NonNullable<(typeof said)[number]>]));
  } catch (failure) {
    return new Map(parts.map((part) => [part, { failure: failure as Error }]));
  }
}
