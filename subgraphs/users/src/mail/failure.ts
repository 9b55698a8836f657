/** Why a message was not sent. */
export interface MailFailure {
  /** For logs: what the server answered to this message, or the kind of failure; texts of servers hold addresses. */
  code: string;
  /** No other try would help. */
  isFinal: boolean;
  /** Every other message would fail just so. */
  isServerDown: boolean;
}

/** There is no such mailbox (RFC 5321). Other numbers above 500 are also given for faults of ours, which end one day. */
const unknownMailbox = [550, 551, 553];

/** Failures of one message; all others are of the connection, the password, the disk. */
const ofOneMessage = ["EENVELOPE", "EMESSAGE"];

/** What an error of a transport means. */
export function mailFailureOf(error: unknown): MailFailure {
  const { code = "UNKNOWN", responseCode } = error as { code?: unknown; responseCode?: number };
  const kind = String(code);
  const isOfOneMessage = ofOneMessage.includes(kind);
  return {
    code: String(isOfOneMessage ? (responseCode ?? kind) : kind).slice(0, 40),
    isFinal: isOfOneMessage && responseCode !== undefined && unknownMailbox.includes(responseCode),
    isServerDown: !isOfOneMessage && kind !== "UNKNOWN",
  };
}
