// Formats of `@cacheTag` and `@cacheInvalidate`, such as `product-{$key.id}`: https://specs.apollo.dev/federation/v2.12
import { createHash } from "node:crypto";

/** Where a value comes from: arguments of the field, the entity's key, or what a mutation gives. */
const sources = ["args", "key", "result"] as const;
export type TagSource = (typeof sources)[number];

export interface Placeholder {
  source: TagSource;
  path: readonly string[];
}

/** Literal text and placeholders, in order. */
export type TagFormat = readonly (string | Placeholder)[];

export type TagValues = Partial<Record<TagSource, unknown>>;

/** Content delivery networks take tags up to this length. */
export const longestTag = 256;
const hashLength = 43;

export const isPlaceholder = (part: string | Placeholder): part is Placeholder => typeof part === "object";

/** @throws Error saying what is wrong with the text */
export function parseTagFormat(text: string): TagFormat {
  const parts: (string | Placeholder)[] = [];
  for (const piece of text.split(/(\{[^{}]*\})/)) {
    if (piece === "") continue;
    const [, source, path] = /^\{\$(\w+)\.([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)\}$/.exec(piece) ?? [];
    if (source === undefined || path === undefined) {
      if (/[{}]/.test(piece)) throw new Error(`\`${piece}\` is no placeholder such as {$args.id}`);
      if (!/^[\x21-\x7e]+$/.test(piece) || piece.includes(","))
        throw new Error("tags are printable ASCII without blanks and commas");
      parts.push(piece);
    } else {
      if (!(sources as readonly string[]).includes(source)) throw new Error(`nothing gives \`$${source}\``);
      const last = parts.at(-1);
      if (last !== undefined && isPlaceholder(last)) throw new Error("two placeholders need text between them");
      parts.push({ source: source as TagSource, path: path.split(".") });
    }
  }
  if (parts.length === 0) throw new Error("a tag is not empty");
  return parts;
}

/**
 * Tags that a format gives. A path that goes through lists gives one for each element, as `@cacheInvalidate` needs it.
 *
 * @param most undefined is given instead of more tags than this
 */
export function tagsOfFormat(format: TagFormat, values: TagValues, most = 1): string[] | undefined {
  const special = separators(format);
  let tags = [""];
  for (const part of format) {
    const texts = isPlaceholder(part)
      ? [...new Set(valuesAt(values[part.source], part.path).map((value) => escaped(textOf(value), special)))]
      : [part];
    if (tags.length * texts.length > most) return undefined;
    tags = tags.flatMap((tag) => texts.map((text) => tag + text));
  }
  return tags.map(bounded);
}

/** First characters of the texts between placeholders: inside a value they would make two values look like others. */
const separators = (format: TagFormat): string =>
  format
    .slice(format.findIndex(isPlaceholder) + 1)
    .flatMap((part) => (isPlaceholder(part) ? [] : [part.charAt(0)]))
    .join("");

function valuesAt(value: unknown, path: readonly string[]): unknown[] {
  if (Array.isArray(value)) return value.flatMap((element) => valuesAt(element, path));
  const [name, ...rest] = path;
  if (name === undefined) return [value];
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return [null];
  return valuesAt((value as Record<string, unknown>)[name], rest);
}

/** Null is empty, as Apollo has it; `1` and `"1"` are one id. */
function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return value;
  return JSON.stringify(value);
}

const escaped = (text: string, special: string): string =>
  text.replace(/[^\x21-\x7e]|[%,{}]|[^A-Za-z0-9]/gu, (character) => {
    const isPlain = /^[\x21-\x7e]$/.test(character) && !"%,{}".includes(character) && !special.includes(character);
    return isPlain ? character : `%${character.codePointAt(0)?.toString(16).toUpperCase()};`;
  });

/** The end of a long tag becomes its hash. */
function bounded(tag: string): string {
  if (tag.length <= longestTag) return tag;
  const hash = createHash("sha256").update(tag).digest("base64url");
  return `${tag.slice(0, longestTag - hashLength - 1)}~${hash}`;
}
