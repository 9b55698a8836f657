/** Longest address that mail can be sent to (RFC 5321). */
export const longestEmail = 254;

/** The form in which addresses are compared and unique. */
export const emailKey = (email: string): string => email.trim().toLowerCase();

/** Looks like an address. Whether it exists only a message to it can tell. */
export const isEmail = (email: string): boolean =>
  email.length <= longestEmail && /^[^\s@\p{Cc}]+@[^\s@.\p{Cc}]+(\.[^\s@.\p{Cc}]+)+$/u.test(email);
