// Answers as Node's server takes them, with the headers that all of them have.
import { notForCaches } from "../cache/response/cache-headers.ts";
import { framed, joinedText, largestFramed } from "./framed-body.ts";
import { headText, inOnePiece } from "./prepared-head.ts";
import { type FixedHeaders } from "./security-headers.ts";
import { type OperationAnswer, type Wire } from "./steps.ts";

/** Bytes; what is longer is not copied. */
const shortBody = 4_096;

function makeWire({ status, headers, body }: OperationAnswer, fixed: FixedHeaders): Wire {
  const of = { status, headers, body };
  const fields: string[] = [...fixed];
  for (const [name, value] of headers) {
    if (name !== "content-length" && name !== "cache-control") fields.push(name, value);
  }
  const control = headers.get("cache-control") ?? notForCaches;
  // Apollo says `no-store` alone.
  fields.push("cache-control", status >= 400 || control === "no-store" ? notForCaches : control);
  if (status !== 304) fields.push("content-length", String(Buffer.byteLength(body)));
  const head = inOnePiece(headText(fields));
  // A short text goes out in one piece with its headers, which takes less than two pieces; as latin1 it is its bytes.
  if (Buffer.isBuffer(body) && body.length <= shortBody) {
    const content = body.toString("latin1");
    return { of, fields, head, content, encoding: "latin1", write: joinedText(content) };
  }
  const wire: Wire = { of, fields, head, content: body, encoding: "utf8" };
  if (body === "") return { ...wire, write: joinedText("") };
  return Buffer.isBuffer(body) && body.length <= largestFramed ? { ...wire, write: framed(body) } : wire;
}

/** As it goes out; made once for answers that are sent often. @param fixed headers of every answer */
export function wireOf(answer: OperationAnswer, fixed: FixedHeaders): Wire {
  const { wire, status, headers, body } = answer;
  if (wire?.of.headers === headers && wire.of.body === body && wire.of.status === status) return wire;
  return (answer.wire = makeWire(answer, fixed));
}
