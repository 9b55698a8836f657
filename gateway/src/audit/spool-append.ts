import { fstatSync, ftruncateSync, writeSync } from "node:fs";

export interface Appending {
  /** How many of the lines are in the file, the first ones. */
  count: number;
  bytes: number;
  /** Why the others are not. Write no more to this file. */
  error?: unknown;
}

/**
 * From which most turns are written. A text would be given memory of the system for each of them, and buffers of their own
 * make the garbage collector look through everything that is kept.
 */
const scratch = Buffer.allocUnsafeSlow(64 * 1_024);
/** Of one unit of a string in UTF-8. */
export const mostBytesOfUnit = 3;

function bytesOf(text: string): Buffer {
  if (text.length * mostBytesOfUnit > scratch.length) return Buffer.from(text);
  return scratch.subarray(0, scratch.write(text));
}

/**
 * Appends lines to a file. A disk that fills up takes part of what it is given without an error, and the next line would
 * be glued to the torn one; so it is cut off behind the last whole line.
 *
 * @param lines each with its line break
 * Only we write to it.
 */
export function appendLines(descriptor: number, lines: readonly string[]): Appending {
  // Not `join`, which copies each line before it copies all of them.
  let text = "";
  for (const line of lines) text += line;
  const bytes = bytesOf(text);
  let written = 0;
  try {
    while (written < bytes.length) written += writeSync(descriptor, bytes, written);
    return { count: lines.length, bytes: bytes.length };
  } catch (error) {
    let [count, whole] = [0, 0];
    for (const line of lines) {
      const length = Buffer.byteLength(line);
      if (whole + length > written) break;
      count += 1;
      whole += length;
    }
    try {
      if (written > whole) ftruncateSync(descriptor, fstatSync(descriptor).size - (written - whole));
    } catch {
      // The torn line is the file's last; who reads it leaves it out.
    }
    return { count, bytes: whole, error };
  }
}
