/** Longest address that mail can be sent to (RFC 5321). */
export const longestEmail = 254;

/** The form in which addresses are compared and unique. Letters that only look different, such as the sign of Kelvin, are one. */
export const emailKey = (email: string): string => email.trim().normalize("NFKC").toLowerCase();

// No blanks, no control and invisible characters, and none of those that mean something else in a header of a message:
// "a,b@c.de" would be a message to two people.
const atom = String.raw`[^\s@\p{C}\p{Z}()<>\[\]:;,"\\]`;
const pattern = new RegExp(`^${atom}+@(?!\\.)(?:(?!\\.)${atom})+(\\.(?:(?!\\.)${atom})+)+$`, "u");

/**
 * Looks like an address. Whether it exists only a message to it can tell. One that is written in other characters than its
 * key is another mailbox, or none, and would take the key of the mailbox that is meant.
 */
export const isEmail = (email: string): boolean =>
  email.length <= longestEmail && email === email.normalize("NFKC") && pattern.test(email);
