// Which new passwords are accepted: long enough, not guessed in no time, and not the person's own name.
import { ZxcvbnFactory } from "@zxcvbn-ts/core";
import { adjacencyGraphs, dictionary } from "@zxcvbn-ts/language-common";
import { isPasswordLength, passwordLength } from "./password.ts";

/** Whose password it will be. */
export interface PasswordOwner {
  email: string;
  firstName: string;
  lastName: string;
}

/** Of 0 to 4. From 3 on a thief of the hashes needs more than 10^8 guesses, each of them an argon2id. */
const leastScore = 3;

/** Shorter names are parts of too many words. */
const shortestName = 4;

/** Looking for patterns takes the longer the longer the text is; a strong beginning makes the whole strong. */
const maxLength = 40;

// 50,000 passwords from breaches, and what people make of them: repeated, reversed, with numbers, along the keyboard.
const strength = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs, maxLength });

const folded = (text: string) => text.normalize("NFKC").toLowerCase();

/**
 * What is seen at once: length, and the owner's own name.
 *
 * @returns what is wrong with a new password and what to do
 */
export function plainProblem(password: string, owner: PasswordOwner): string | undefined {
  const { min, max } = passwordLength;
  if (!isPasswordLength(password)) return `Choose a password of ${min} to ${max} characters.`;
  const text = folded(password);
  if (ownWords(owner).some((part) => part.length >= shortestName && text.includes(part)))
    return "Choose a password without your name or e-mail address in it.";
  return undefined;
}

/**
 * Whether it is guessed soon. Takes some milliseconds, in which the program does nothing else: limit who may ask, as
 * `commands/check-password.ts` does.
 */
export function strengthProblem(password: string, owner: PasswordOwner): string | undefined {
  const { score } = strength.check(
    folded(password),
    ownWords(owner).filter((part) => part !== ""),
  );
  if (score < leastScore) return "This password is too easy to guess; choose another, such as four words in a row.";
  return undefined;
}

const ownWords = ({ email, firstName, lastName }: PasswordOwner) =>
  [email.split("@")[0] ?? "", firstName, lastName].map((part) => folded(part).trim());
