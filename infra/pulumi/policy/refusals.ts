// What policies of things refuse to everybody, however much the rights of a role let it.
import { listOf } from "./principals.ts";

type Condition = Record<string, Record<string, unknown>>;

interface Statement {
  Effect?: string;
  Principal?: unknown;
  Action?: string | string[];
  Condition?: Condition;
}

/** Strict, where `isEverybody` is wide: a refusal to some is none. */
const isAll = (principal: unknown): boolean =>
  principal === "*" || (principal as { AWS?: unknown } | undefined)?.AWS === "*";

/**
 * @param policy JSON
 * @param isWhen whether a refusal under this condition counts
 * @returns actions, as they are written there
 */
export const refusedToAll = (policy: string, isWhen: (condition: Condition | undefined) => boolean): string[] =>
  listOf((JSON.parse(policy) as { Statement?: Statement | Statement[] }).Statement)
    .filter(({ Effect, Principal, Condition }) => Effect === "Deny" && isAll(Principal) && isWhen(Condition))
    .flatMap(({ Action }) => listOf(Action));

const isWithoutTls = (condition: Condition | undefined): boolean => {
  const [[operator, keys] = ["", {}], ...more] = Object.entries(condition ?? {});
  const [[key, value] = ["", ""], ...others] = Object.entries(keys);
  return (
    operator === "Bool" &&
    key === "aws:SecureTransport" &&
    String([value].flat()) === "false" &&
    more.length + others.length === 0
  );
};

/** Whether a policy refuses an action, such as `s3:*`, over every connection without TLS. */
export const refusesPlainText = (policy: string, action: string): boolean =>
  refusedToAll(policy, isWithoutTls).some((one) => one === "*" || one === action);
