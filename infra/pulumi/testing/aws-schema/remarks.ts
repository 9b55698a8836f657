// Rules that @pulumi/aws states only in the prose of its doc comments. Doubtful sentences give no rule: a stub that refuses
// what AWS takes is worse than one that takes too much.
import { type Field } from "./kind.ts";

const quoted = /`([^`]+)`/g;
const oneOf =
  /(?:valid|possible|allowed) (?:values|options)(?: are|:| is| include)? ?(?:either )?((?:`[^`]+`(?:,? (?:or|and) |, | )?)+)(?:\.|$)/i;

/** The values the comment says are the only ones, or undefined where it says none or says it more than once. */
export function validValues(comment: string): string[] | undefined {
  if ((comment.match(/(?:valid|possible|allowed) (?:values|options)/gi) ?? []).length !== 1) return undefined;
  const list = oneOf.exec(comment)?.[1];
  const values = list ? [...list.matchAll(quoted)].map((match) => (match[1] as string).replaceAll('"', "")) : [];
  // A single value, or one with a space, a "<", a "[" or as 4XX, describes values rather than naming them.
  if (values.length < 2 || values.some((value) => /[\s<[*]|\dXX$/.test(value))) return undefined;
  return values;
}

/** Fields beside which this one may not be set: "Conflicts with `a`, `b` and `c`". */
export function conflicts(comment: string): string[] | undefined {
  const list = /conflicts with ((?:`\w+`(?:,? (?:or|and) |, )?)+)(?:\.|$)/i.exec(comment)?.[1];
  return list ? [...list.matchAll(quoted)].map((match) => match[1] as string) : undefined;
}

/** Whether a change makes a new resource, whatever the other fields say: "if …, changing this forces …" is not counted. */
export const replaces = (comment: string): boolean =>
  comment
    .split(/\. /)
    .some(
      (sentence) =>
        /forces? (?:a )?(?:new resource|replacement|(?:the )?creation of a new)|(?:triggers?|requires?) (?:a )?replacement/i.test(
          sentence,
        ) && !/^\s*(?:if|when)\b|used together with/i.test(sentence),
    );

/** All rules of one doc comment for a field of the given kind. */
export function rulesOf(comment: string, isString: boolean): Partial<Field> {
  const values = isString ? validValues(comment) : undefined;
  const rivals = conflicts(comment);
  return {
    ...(values ? { values } : {}),
    ...(rivals ? { conflicts: rivals } : {}),
    ...(replaces(comment) ? { replaces: true as const } : {}),
  };
}
