// Whether a policy keeps out who comes without TLS.
import { isEverybody, listOf } from "./principals.ts";

interface Statement {
  Effect?: string;
  Principal?: unknown;
  Action?: string | string[];
  Condition?: Record<string, Record<string, unknown>>;
}

const isWithoutTls = (condition: Statement["Condition"]): boolean => {
  const [[operator, keys] = ["", {}], ...more] = Object.entries(condition ?? {});
  const [[key, value] = ["", ""], ...others] = Object.entries(keys);
  return (
    operator === "Bool" &&
    key === "aws:SecureTransport" &&
    String([value].flat()) === "false" &&
    more.length + others.length === 0
  );
};

/**
 * @param policy JSON
 * @param action that must be refused, such as `s3:*`
 * @returns whether it refuses that action, to everybody and whatever else is the case, over a connection without TLS
 */
export const refusesPlainText = (policy: string, action: string): boolean =>
  listOf((JSON.parse(policy) as { Statement?: Statement | Statement[] }).Statement).some(
    ({ Effect, Principal, Action, Condition }) =>
      Effect === "Deny" &&
      isEverybody(Principal) &&
      listOf(Action).some((one) => one === "*" || one === action) &&
      isWithoutTls(Condition),
  );
