/** Longest address that mail can be sent to (RFC 5321). */
export const longestEmail = 254;

/** The form in which addresses are compared and unique. */
export const emailKey = (email: string): string => email.trim().toLowerCase();

// No blanks, no control and invisible characters, and none of those that mean something else in a header of a message:
// "a,b@c.de" would be a message to two people.
const atom = String.raw`[^\s@\p{C}\p{Z}()<>\[\]:;,"\\]`;
const pattern = new RegExp(`^${atom}+@(?!\\.)(?:(?!\\.)${atom})+(\\.(?:(?!\\.)${atom})+)+$`, "u");

/** Looks like an address. Whether it exists only a message to it can tell. */
export const isEmail = (email: string): boolean => email.length <= longestEmail && pattern.test(email);
