// What people fill in about partners and keys, checked at once.
import { isNetwork } from "@tradegraph/kit/networks";
import { isEmail } from "./email.ts";
import { longestKeyDays, mostAllowedAddresses } from "./models/api-key.ts";
import { invalidInput, type UserErrorRecord } from "./user-errors.ts";

const isText = (text: string, longest: number) => text.length >= 1 && text.length <= longest && !/\p{Cc}/u.test(text);

/** @returns everything that is wrong, so that a form shows it at once */
export function partnerProblems(input: { name?: string | undefined; contactEmail?: string | undefined }) {
  const problems: UserErrorRecord[] = [];
  if (input.name !== undefined && !isText(input.name, 200))
    problems.push(invalidInput("name", "Give a name of 1 to 200 characters."));
  if (input.contactEmail !== undefined && !isEmail(input.contactEmail))
    problems.push(invalidInput("contactEmail", "Give an e-mail address such as it@example.com."));
  return problems;
}

export const nameTaken = (): UserErrorRecord => invalidInput("name", "There is a partner of this name already.");

const dayMs = 86_400_000;

/** When a key ends that nobody gave an end: after a year. */
export const defaultExpiry = (now: Date): Date => new Date(now.getTime() + 365 * dayMs);

interface KeyInput {
  name: string;
  scopes: readonly string[];
  expiresAt: Date;
  allowedAddresses: readonly string[];
}

export function apiKeyProblems({ name, scopes, expiresAt, allowedAddresses }: KeyInput, now: Date): UserErrorRecord[] {
  const problems: UserErrorRecord[] = [];
  if (!isText(name, 100)) problems.push(invalidInput("name", "Give a name of 1 to 100 characters."));
  if (scopes.length === 0) problems.push(invalidInput("scopes", "Say what the key allows: one scope or more."));
  if (expiresAt <= now || expiresAt.getTime() > now.getTime() + longestKeyDays * dayMs)
    problems.push(invalidInput("expiresAt", "Let the key end in the future, a year from now at most."));
  if (allowedAddresses.length > mostAllowedAddresses)
    problems.push(invalidInput("allowedAddresses", `Give ${mostAllowedAddresses} networks at most.`));
  else if (!allowedAddresses.every(isNetwork))
    problems.push(invalidInput("allowedAddresses", "Give addresses and networks such as 192.0.2.0/24 or 2001:db8::1."));
  return problems;
}
