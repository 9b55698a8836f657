// Questions to another service that many want answered at one moment, about things that may change while it answers.

interface Question<T> {
  answer: Promise<T>;
  /** What was asked about has changed since. */
  outdated: boolean;
}

export interface SharedQuestions<T> {
  /** Asks once for all who want to know at this moment; who comes after a change asks anew. */
  ask: (key: string, question: () => Promise<T>) => Promise<T>;
  /** This has changed: answers under way are not remembered. */
  outdate: (key: string) => void;
  outdateAll: () => void;
}

/** @param remember gets the answers that nothing has changed about since they were asked for */
export function createSharedQuestions<T>(remember: (key: string, answer: T) => void): SharedQuestions<T> {
  const running = new Map<string, Question<T>>();
  return {
    ask(key, start) {
      const asked = running.get(key);
      if (asked && !asked.outdated) return asked.answer;
      const question: Question<T> = { outdated: false, answer: start() };
      running.set(key, question);
      const settle = () => {
        if (running.get(key) === question) running.delete(key);
      };
      question.answer.then((answer) => {
        settle();
        if (!question.outdated) remember(key, answer);
      }, settle);
      return question.answer;
    },
    outdate(key) {
      const question = running.get(key);
      if (question) question.outdated = true;
    },
    outdateAll() {
      for (const question of running.values()) question.outdated = true;
    },
  };
}
