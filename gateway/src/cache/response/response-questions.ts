// What whole answers were seen to depend on: the same question has an answer for everybody, one for each company, or one
// for each session, and only those who asked the subgraphs know which.
import { type Viewer } from "@tradegraph/kit/viewer";
import { LRUCache } from "lru-cache";
import { type AnswerClass, policyOf } from "./answer-class.ts";
import { cacheKey } from "../store/cache-key.ts";
import { type CachePolicy } from "../policy/cache-policy.ts";
import { type CallerOf } from "../policy/caller.ts";

/** What a question depends on besides its caller. */
export interface QuestionPlace {
  namespace: string;
  epoch: string;
  /** Of the graph that answers. */
  fingerprint: string;
  tenantId: string;
  /** See operation-key.ts. */
  operation: string;
}

interface SeenClass {
  answerClass: AnswerClass;
  policy: CachePolicy;
  text: string;
  /** The key that was made last: most callers have the same variant. */
  variant?: string;
  key?: string;
}

export interface Question {
  place: QuestionPlace;
  /** Under which the classes are kept for other gateways and for later. */
  recordKey: string;
  /** The one seen last comes first. */
  classes: readonly SeenClass[];
}

/** More tell that it changes all the time. */
const maxClasses = 4;
const maxQuestions = 20_000;

export interface Questions {
  at: (place: QuestionPlace) => Question;
  /** Adds classes to those that are known. @returns whether any is new */
  learn: (question: Question, classes: readonly AnswerClass[]) => boolean;
  /** Keys under which there may be an answer for this caller. */
  keysFor: (question: Question, viewer: Viewer) => string[];
  /** Where the answer for a caller belongs, and those of all who get the same. */
  keyOf: (question: Question, viewer: Viewer, answerClass: AnswerClass) => string | undefined;
}

export function createQuestions(callerOf: CallerOf): Questions {
  const memory = new LRUCache<string, Question>({ max: maxQuestions });
  const keyIn = ({ place }: Question, viewer: Viewer, seen: SeenClass): string | undefined => {
    const caller = callerOf(viewer, seen.policy);
    if (!caller.isKept) return undefined;
    if (seen.key === undefined || seen.variant !== caller.variant) {
      seen.variant = caller.variant;
      seen.key = keyAt(place, ["answer", seen.text, caller.variant]);
    }
    return seen.key;
  };
  return {
    at(place) {
      const recordKey = keyAt(place, ["classes"]);
      const known = memory.get(recordKey);
      if (known) return known;
      const question = { place, recordKey, classes: [] };
      memory.set(recordKey, question);
      return question;
    },
    learn(question, classes) {
      const fresh = classes.map(seenClass).filter(({ text }) => !question.classes.some((one) => one.text === text));
      if (fresh.length > 0) question.classes = [...fresh, ...question.classes].slice(0, maxClasses);
      return fresh.length > 0;
    },
    keysFor(question, viewer) {
      const keys: string[] = [];
      for (const seen of question.classes) {
        const key = keyIn(question, viewer, seen);
        if (key !== undefined) keys.push(key);
      }
      return keys;
    },
    keyOf(question, viewer, answerClass) {
      const fresh = seenClass(answerClass);
      return keyIn(question, viewer, question.classes.find(({ text }) => text === fresh.text) ?? fresh);
    },
  };
}

const keyAt = ({ namespace, epoch, fingerprint, tenantId, operation }: QuestionPlace, rest: string[]) =>
  cacheKey({ namespace, epoch, level: "W", parts: [fingerprint, tenantId, operation, ...rest] });

function seenClass({ scope, vary, bypass }: AnswerClass): SeenClass {
  const answerClass = { scope, vary, bypass };
  return { answerClass, policy: policyOf(answerClass), text: JSON.stringify(answerClass) };
}
