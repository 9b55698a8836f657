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
 * @throws Error when the file cannot even be looked at; nothing is written then
 */
export function appendLines(descriptor: number, lines: readonly Buffer[]): Appending {
  const text = Buffer.concat(lines);
  const before = fstatSync(descriptor).size;
  let written = 0;
  try {
    while (written < text.length) written += writeSync(descriptor, text, written);
    return { count: lines.length, bytes: text.length };
  } catch (error) {
    let [count, bytes] = [0, 0];
    for (const line of lines) {
      if (bytes + line.length > written) break;
      count += 1;
      bytes += line.length;
    }
    try {
      if (written > bytes) ftruncateSync(descriptor, before + bytes);
    } catch {
      // The torn line is the file's last; who reads it leaves it out.
    }
    return { count, bytes, error };
  }
}
