// Variables of the limits on shapes: the gateway and users must be given the same.
import { z } from "zod";
import { type ClientClass, clientClasses } from "./client-class.ts";
import { defaultShapeLimits, type ShapeLimit, type ShapeLimits } from "./shape-limits.ts";

type ByClass = Record<ClientClass, number>;

const forAll = (value: number): ByClass => ({ app: value, developer: value, partner: value });

/** `20` for everybody, or `app=20,developer=50,partner=10`; who is not named keeps the default. */
const byClass = (fallback: number) =>
  z
    .string()
    .transform((text, context): ByClass => {
      if (/^\s*\d{1,9}\s*$/.test(text)) return forAll(Number(text));
      const limits = forAll(fallback);
      for (const part of text.split(",")) {
        const [, name, value] = /^\s*(\w+)\s*=\s*(\d{1,9})\s*$/.exec(part) ?? [];
        const known = clientClasses.find((one) => one === name);
        if (known) limits[known] = Number(value);
        else {
          context.addIssue({
            code: "custom",
            message: `must be a whole number, or a comma list such as app=20,partner=10 of ${clientClasses.join(", ")}`,
          });
          return z.NEVER;
        }
      }
      return limits;
    })
    .prefault(String(fallback));

export const shapeSettings = {
  depth: "LIMIT_DEPTH",
  height: "LIMIT_HEIGHT",
  aliases: "LIMIT_ALIASES",
  rootFields: "LIMIT_ROOT_FIELDS",
  directives: "LIMIT_DIRECTIVES",
} as const satisfies Record<ShapeLimit, string>;

export const shapeLimitSettings = () => ({
  LIMITS_MODE: z
    .enum(["measure", "enforce"])
    .default("enforce")
    .describe("Refuse operations above a limit, or only count and log them (docs/LIMITS.md)."),
  LIMIT_DEPTH: byClass(defaultShapeLimits.depth).describe(
    "Deepest nesting of fields; a number, or numbers by client such as `app=20,partner=10`, as for the next four.",
  ),
  LIMIT_HEIGHT: byClass(defaultShapeLimits.height).describe("Most fields of an operation, fragments expanded."),
  LIMIT_ALIASES: byClass(defaultShapeLimits.aliases).describe("Most aliases of an operation, fragments expanded."),
  LIMIT_ROOT_FIELDS: byClass(defaultShapeLimits.rootFields).describe(
    "Most fields at the top of an operation; of a mutation never more than 10.",
  ),
  LIMIT_DIRECTIVES: byClass(defaultShapeLimits.directives).describe("Most directives in a document."),
});

type Settings = z.infer<z.ZodObject<ReturnType<typeof shapeLimitSettings>>>;

export const shapeLimitsOf = (env: Settings, client: ClientClass): ShapeLimits => ({
  depth: env[shapeSettings.depth][client],
  height: env[shapeSettings.height][client],
  aliases: env[shapeSettings.aliases][client],
  rootFields: env[shapeSettings.rootFields][client],
  directives: env[shapeSettings.directives][client],
});
