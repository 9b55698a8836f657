/** What kinds of secrets functions/rotation knows; the stack says which secret is of which kind. */
export type KindName = "signing-keys" | "token-keys" | "cache-password";
