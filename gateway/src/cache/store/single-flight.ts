// Of callers that want the same thing at the same time, one fetches for all; but nobody gets an answer from before a change
// that had been acknowledged when he asked. Caches that join by key alone do give such answers.
import { type InvalidationLog } from "../log/invalidation-log.ts";
import { isAsRecent } from "../log/log-position.ts";

/** What a flight brings. */
export interface FlightAnswer {
  tags: readonly string[];
  /** Place in the log before the question was sent. */
  position: number;
}

export interface SingleFlight {
  /**
   * Fetches, or waits for a fetch of the same key under way. While the log has no position nobody can tell what is old, and
   * everybody fetches: `work` finds others to share with then, see fetch/question-turns.ts.
   *
   * @param knownTags those that are known without the answer
   * @param work rejects for all who wait for it
   */
  run: <T extends FlightAnswer>(key: string, knownTags: readonly string[], work: () => Promise<T>) => Promise<T>;
}

interface Flight {
  position: number;
  answer: Promise<FlightAnswer>;
}

export function createSingleFlight(log: Pick<InvalidationLog, "position" | "verdict">): SingleFlight {
  const flights = new Map<string, Flight>();

  const start = <T extends FlightAnswer>(key: string, work: () => Promise<T>): Promise<T> => {
    const position = log.position();
    const answer = work();
    if (position === undefined) return answer;
    const flight = { position, answer };
    flights.set(key, flight);
    const end = () => {
      if (flights.get(key) === flight) flights.delete(key);
    };
    answer.then(end, end);
    return answer;
  };
  const isUnchanged = (tags: readonly string[], position: number): boolean =>
    log.position() !== undefined && log.verdict(tags, position) === "valid";

  return {
    async run<T extends FlightAnswer>(key: string, knownTags: readonly string[], work: () => Promise<T>): Promise<T> {
      const asked = log.position();
      for (;;) {
        const flight = flights.get(key);
        if (asked === undefined || !flight || !isUnchanged(knownTags, flight.position)) return start(key, work);
        // One key is one kind of question, so its flights bring one kind of answer.
        const answer = (await flight.answer) as T;
        // What was asked after we asked is recent enough, so a second round is the last.
        if (isAsRecent(answer.position, asked) || isUnchanged(answer.tags, answer.position)) return answer;
      }
    },
  };
}
