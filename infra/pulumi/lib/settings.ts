// Typed configuration of a program. Types and defaults are declared in its Pulumi.yaml, differences between environments
// stand in Pulumi.<stack>.yaml, and the shape here says what is allowed; a test compares the three.
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { regions } from "./regions.ts";

/** What every program needs to know. */
export const everyProgram = {
  /** The AWS account this stack may touch, and no other: 12 digits. */
  account: z.string().regex(/^\d{12}$/, "12 digits in quotes"),
  /** Home region of the stack. */
  region: z.enum(regions),
  /** Who answers for the cost and the pager; a tag on everything. */
  owner: z.string().min(1),
};

/** Pulumi keeps scalars and lists as text: for a field that takes no text it is read as JSON. */
function value(field: z.ZodType, text: string | undefined): unknown {
  if (text === undefined) return text;
  const issue = field.safeParse(text).error?.issues[0];
  if (issue?.code !== "invalid_type" || issue.path.length > 0) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Settings that are right one by one and wrong together: what to say of which. Empty where all is well. */
export type Together<Settings> = (settings: Settings) => { [Key in keyof Settings]?: string | false };

/**
 * The settings of the running stack.
 * @param together finds what is wrong between them; asked only where each is right by itself
 * @throws with all that is wrong at once, by the keys of the stack file.
 */
export function readSettings<Shape extends z.ZodRawShape>(
  shape: Shape,
  together: Together<z.output<z.ZodObject<Shape>>> = () => ({}),
): z.output<z.ZodObject<Shape>> {
  const config = new pulumi.Config();
  const given = Object.fromEntries(
    Object.entries(shape).map(([key, field]) => [key, value(field as z.ZodType, config.get(key))]),
  );
  const parsed = z.object(shape).safeParse(given);
  const issues = parsed.success
    ? Object.entries(together(parsed.data)).flatMap(([key, message]) => (message ? [[key, String(message)]] : []))
    : parsed.error.issues.map(({ path, message }) => [path.join("."), message]);
  if (parsed.success && issues.length === 0) return parsed.data;
  const wrong = issues.map(([key, message]) => `  ${config.name}:${key}: ${message}`);
  throw new pulumi.RunError(`Pulumi.${pulumi.getStack()}.yaml:\n${wrong.join("\n")}`);
}
