// Failures that a person can put right; they are answers, not errors (style.md 8).

export interface UserErrorRecord {
  __typename:
    | "EmailTakenError"
    | "InvalidCredentialsError"
    | "InvalidInputError"
    | "InvalidTokenError"
    | "LimitReachedError"
    | "TooManyAttemptsError";
  message: string;
  field?: string[];
  /** Of a LimitReachedError. */
  limit?: number;
  /** Of a TooManyAttemptsError. */
  retryAt?: Date;
}

/** @param field name of the field inside `input` */
export const invalidInput = (field: string, message: string): UserErrorRecord => ({
  __typename: "InvalidInputError",
  message,
  field: ["input", field],
});

/** Does not say which of the two is wrong, nor whether there is such an account. */
export const invalidCredentials = (): UserErrorRecord => ({
  __typename: "InvalidCredentialsError",
  message: "E-mail address or password is wrong.",
  field: ["input"],
});

export const emailTaken = (): UserErrorRecord => ({
  __typename: "EmailTakenError",
  message: "This e-mail address has an account already; sign in instead.",
  field: ["input", "email"],
});

/** A token of a link or an invitation that does not count; does not say why. */
export const invalidToken = (message: string, ...field: string[]): UserErrorRecord => ({
  __typename: "InvalidTokenError",
  message,
  field,
});

export const limitReached = (limit: number, message: string, ...field: string[]): UserErrorRecord => ({
  __typename: "LimitReachedError",
  message,
  limit,
  ...(field.length > 0 && { field: ["input", ...field] }),
});

/** Says nothing about the account: there may be none. @param field path of what was tried */
export const tooManyAttempts = (retryAt: Date, ...field: string[]): UserErrorRecord => ({
  __typename: "TooManyAttemptsError",
  message: "Too many attempts; wait a while and try again.",
  ...(field.length > 0 && { field }),
  retryAt,
});
