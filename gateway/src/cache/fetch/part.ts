// One root field or one entity on its way from a subgraph: what it is, what was said to it, and what may be kept of that.
import { type GraphQLFormattedError } from "graphql";
import { type OriginAnswer, type Question } from "../../data-source.ts";
import { type AnswerLimits } from "./answer-limits.ts";
import { type CachePolicy } from "../policy/cache-policy.ts";
import { type DebuggedPart } from "./debugged-part.ts";
import { type CacheEntry } from "../store/entry.ts";

export interface Part {
  /** Type of the entity, or the field of `Query`. */
  typeName: string;
  /** For figures: type of the entity, or `Query`. */
  label: string;
  /** Undefined for what may not be kept. */
  policy: CachePolicy | undefined;
  /** Object types that it shows. */
  types: readonly string[];
  /** What its answer depends on besides subgraph, schema, tenant and caller. */
  identity: readonly string[];
  /** Tags that the schema declares and that follow from its key. */
  declaredTags: () => readonly string[];
}

/** An error of a part. */
export interface PartError {
  error: GraphQLFormattedError;
  /** Below the part; undefined when the error has none, or one that leads to no part. */
  path: readonly (string | number)[] | undefined;
}

/** In place of JSON for a field that `@skip` or `@include` leaves out of the answer. */
export const absentText = "";

/** What a subgraph's answer says about one part. */
export interface PartSaid {
  /** JSON, or {@link absentText}; undefined when there is nothing at its place, because of an error of another part. */
  text: string | undefined;
  errors: readonly PartError[];
  /** Whether errors of other parts have taken its value away. */
  isLost: boolean;
  /** Tags of what it depends on; undefined when the subgraph cannot or does not tell. */
  tags: readonly string[] | undefined;
  /** Of this part alone. */
  limits: AnswerLimits | undefined;
}

/** How to ask for parts of one fetch, and to find them in the answer. */
export interface PartsOfFetch<P extends Part = Part> {
  level: "root" | "entity";
  subgraph: string;
  parts: readonly P[];
  question: (parts: readonly P[]) => Pick<Question, "query" | "variables">;
  /** As Apollo's debugger has it. */
  kindOf: (part: P) => DebuggedPart["kind"];
  /** In the order of the parts. @throws Error when the answer cannot be one to the question */
  read: (answer: OriginAnswer, parts: readonly P[]) => PartSaid[];
}

/** Why somebody else's question did not bring an answer for this caller. */
export type Unfit =
  /** The subgraph says that it is meant for one caller. */
  | "violation"
  /** Nobody may not see it, somebody may. */
  | "refused"
  /** Errors of other parts have taken its value away. */
  | "lost";

/** An answer that several callers may share. */
export interface PartAnswer {
  text: string | undefined;
  errors: readonly PartError[];
  /** Undefined when it may not be kept. */
  entry: CacheEntry | undefined;
  unfit: Unfit | undefined;
  /** Empty when it may not be kept. */
  tags: readonly string[];
  /** -1 when the log had none. */
  position: number;
}

/** What goes into the answer for one caller. */
export type PartOutcome =
  { text: string | undefined; errors: readonly PartError[] } | { failure: Error; errors?: undefined };
