// Failures that a person can put right; they are answers, not errors (style.md 8).

export interface UserErrorRecord {
  __typename: "EmailTakenError" | "InvalidCredentialsError" | "InvalidInputError";
  message: string;
  field?: string[];
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
