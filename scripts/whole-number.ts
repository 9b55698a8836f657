import { InvalidArgumentError } from "commander";

/** Reads an option such as `--scale`. @throws InvalidArgumentError, which commander shows with the option's name */
export function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 5_000_000)
    throw new InvalidArgumentError("a whole number up to 5,000,000");
  return value;
}
