import { fstatSync, ftruncateSync, writeSync } from "node:fs";

export interface Appending {
  /** How many of the lines are in the file, the first ones. */
  count: number;
  bytes: number;
  /** Why the others are not. Write no more to this file. */
  error?: unknown;
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
  const length = Buffer.byteLength(text);
  let written = 0;
  try {
    // As text, because buffers of all answers make the garbage collector look through everything that is kept.
    written = writeSync(descriptor, text);
    if (written < length) {
      const bytes = Buffer.from(text);
      while (written < length) written += writeSync(descriptor, bytes, written);
    }
    return { count: lines.length, bytes: length };
  } catch (error) {
    let [count, bytes] = [0, 0];
    for (const line of lines) {
      const length = Buffer.byteLength(line);
      if (bytes + length > written) break;
      count += 1;
      bytes += length;
    }
    try {
      if (written > bytes) ftruncateSync(descriptor, fstatSync(descriptor).size - (written - bytes));
    } catch {
      // The torn line is the file's last; who reads it leaves it out.
    }
    return { count, bytes, error };
  }
}
