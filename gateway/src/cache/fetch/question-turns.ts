// Without the invalidation log nobody can tell whether an answer under way is from before a change. So nobody is given one
// that was asked for before he came: of equal questions one is under way, and all who come meanwhile share the next.

export interface QuestionTurns {
  /**
   * Asks at once, or, while an equal question is under way, together with all who wait for its end, however it ends.
   *
   * @param key of questions with one answer
   * @param ask called once for all who wait together; if it rejects, it does for all of them, with the same error
   * @example turns.take("page-home", () => origin(question))
   */
  take: <T>(key: string, ask: () => Promise<T>) => Promise<T>;
  /** Questions under way; nothing else is remembered. */
  size: () => number;
}

interface Turn {
  /** Never rejects. */
  ended: Promise<void>;
  /** Begins when this one has ended; undefined while nobody waits for it. */
  next: Promise<unknown> | undefined;
}

export function createQuestionTurns(): QuestionTurns {
  const turns = new Map<string, Turn>();

  const begin = <T>(key: string, ask: () => Promise<T>): Promise<T> => {
    // Also what is thrown at once must end the turn.
    const answer = (async () => ask())();
    const end = () => {
      // Whoever waits takes the place of this one; until then others who come find him here.
      if (!turn.next) turns.delete(key);
    };
    const turn: Turn = { ended: answer.then(end, end), next: undefined };
    turns.set(key, turn);
    return answer;
  };
  return {
    take<T>(key: string, ask: () => Promise<T>): Promise<T> {
      const turn = turns.get(key);
      if (!turn) return begin(key, ask);
      turn.next ??= turn.ended.then(() => begin(key, ask));
      // One key is one kind of question, so its turns bring one kind of answer.
      return turn.next as Promise<T>;
    },
    size: () => turns.size,
  };
}
