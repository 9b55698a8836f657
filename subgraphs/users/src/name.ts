/** Most characters of a first or last name. */
export const longestName = 100;

/** @param name without blanks around it @returns what is wrong with a person's name, undefined when it may be taken */
export const nameProblem = (name: string): string | undefined => {
  if (name.length < 1 || name.length > longestName) return `Give a name of 1 to ${longestName} characters.`;
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(name)) return "Give a name on one line.";
  return undefined;
};
