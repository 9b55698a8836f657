// Heads of answers as text, made once for many: Node looks at each header of each answer anew, which takes longer than
// finding an answer in memory (docs/decisions/0016-prepared-heads.md).
import { type IncomingHttpHeaders, type ServerResponse, STATUS_CODES, validateHeaderValue } from "node:http";
import { type WriteTogether } from "./framed-body.ts";

/** Longer than the 60 s for which load balancers keep idle connections, or they would write into a closed one. */
export const keepAliveMs = 65_000;

/** Where Node's response keeps its head until the first byte goes out; its types leave it out. */
interface HeadParts {
  _header: string | null | undefined;
  _headerSent: boolean;
  _hasBody: boolean;
}

/** What no header's value may hold, as `writeHead` has it (RFC 9110, section 5.5). */
const forbidden = /[^\t\x20-\x7e\x80-\xff]/;

/**
 * @param fields names, which the program gives and no caller, and values of headers in turn
 * @throws TypeError for a value that no header may have
 */
export function headText(fields: readonly string[]): string {
  let text = "";
  for (let at = 0; at < fields.length; at += 2) {
    const name = fields[at] as string;
    const value = fields[at + 1] as string;
    if (forbidden.test(value)) validateHeaderValue(name, value);
    text += `${name}: ${value}\r\n`;
  }
  return text;
}

/**
 * A text that is sent many times, in one piece: V8 keeps what is put together as a tree of its parts, and walks through it
 * whenever it is sent.
 *
 * @param text of ISO 8859-1
 */
export const inOnePiece = (text: string): string => Buffer.from(text, "latin1").toString("latin1");

let second = 0;
let end = "";
/** The date of this second and what follows it, as Node writes it. */
function endText(): string {
  const now = Math.floor(Date.now() / 1_000);
  if (now !== second) {
    const date = new Date(now * 1_000).toUTCString();
    end = inOnePiece(`Date: ${date}\r\nConnection: keep-alive\r\nKeep-Alive: timeout=${keepAliveMs / 1_000}\r\n\r\n`);
  }
  second = now;
  return end;
}

const statusLines: Record<number, string> = {};
const statusLine = (status: number): string =>
  (statusLines[status] ??= inOnePiece(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n`));

/** Whether a response, of which no header was set, may be sent by {@link sendPrepared}: its connection stays open. */
export const takesPrepared = (response: ServerResponse, { expect }: IncomingHttpHeaders): boolean =>
  response.shouldKeepAlive && expect === undefined && (response as unknown as HeadParts)._header === null;

export interface PreparedAnswer {
  status: number;
  /** All headers but those of the connection and the date, by {@link headText}; `content-length` is among them. */
  head: string;
  content: string | Buffer;
  encoding: BufferEncoding;
  /** Writes head and content together, where there is a quicker way than to let Node do it. */
  write?: WriteTogether | undefined;
}

/** Sends what `writeHead` and `end` would, without looking at the headers again. */
export function sendPrepared(
  response: ServerResponse,
  { status, head, content, encoding, write }: PreparedAnswer,
): void {
  const parts = response as unknown as HeadParts;
  const { socket } = response;
  response.statusCode = status;
  parts._header = statusLine(status) + head + endText();
  // Of requests that were sent without waiting for answers, the later ones have no socket yet.
  if (write && socket?.writable) {
    parts._headerSent = true;
    write(socket, parts._header);
    response.end();
    return;
  }
  parts._headerSent = false;
  // Not Modified has none (RFC 9110, section 15.4.5).
  if (status === 304) parts._hasBody = false;
  response.end(content, encoding);
}
