// Free text, such as messages of errors, without what may be about a person or opens a door. Fields of objects are
// redaction.ts's part. Text has no names to go by, so what looks like a value is hidden, now and then one too many.
import { censor } from "./redaction.ts";

/** Characters that are looked at; what follows is left out. */
const longestRead = 4_000;
const longestShown = 1_000;

const hidden: readonly (readonly [RegExp, string])[] = [
  // What libraries write after these words is what somebody has sent, up to the end.
  [/\b(values?|found|received|got|input):? *[[{"'`<][^]*$/i, `$1 ${censor}`],
  // Values of ours or of callers; JSON.parse quotes what it was given.
  [/"(?:[^"\\]|\\.)*"?|`[^`]*`?/g, `"${censor}"`],
  // Names of properties and modules stay: most faults are understood by them.
  [/(?<!\w)'(?![\w$./-]{1,60}')[^'\n]*'?/g, `'${censor}'`],
  [/\b(bearer|basic|digest) +[^\s,;]+/gi, `$1 ${censor}`],
  [
    /\b([\w-]{0,40}(?:password|passwd|secret|token|api-?key|authorization|cookie|session))\s*[:=]\s*[^\s,;&]+/gi,
    `$1=${censor}`,
  ],
  // Users and passwords of addresses, then what is asked there.
  [/\b([a-z][\w+.-]{0,30}:\/\/)[^\s/@]*@/gi, `$1${censor}@`],
  [/\?[\w.%-]+=\S*/g, `?${censor}`],
  [/(?<![^\s@<>(),;:=])[^\s@<>(),;:=]+?(?:@|%40)[^\s@<>(),;:=]+/gi, censor],
  // Tokens, keys, ids, hashes: long, with letters and digits.
  [/(?<![\w+=-])(?=[\w+=-]*\d)(?=[\w+=-]*[a-z])[\w+=-]{16,}/gi, censor],
  [/\b\d{1,3}(?:\.\d{1,3}){3}\b/g, censor],
  [/(?<![\w:])(?:[\da-f]{0,4}:){2,7}[\da-f]{0,4}(?![\w:])/gi, censor],
  // Telephone numbers, cards, accounts.
  [/\+?\d(?:[ ()./-]{0,2}\d){6,}/g, censor],
];

/** The text with e-mail addresses, tokens, keys, ids, numbers and quoted values replaced by `[redacted]`, 1,000 characters at most. */
export function redactedText(text: string): string {
  let shown = text.slice(0, longestRead);
  for (const [pattern, instead] of hidden) shown = shown.replace(pattern, instead);
  return shown.length <= longestShown ? shown : `${shown.slice(0, longestShown)} …`;
}
