// Settings of traces, with the names that OpenTelemetry gives them in every language:
// https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/ and .../specs/otel/protocol/exporter/
import { z } from "zod";

/** The samplers of the standard that need nothing beside the program. */
export const samplers = [
  "always_on",
  "always_off",
  "traceidratio",
  "parentbased_always_on",
  "parentbased_always_off",
  "parentbased_traceidratio",
] as const;

export type SamplerName = (typeof samplers)[number];

const pairsMessage =
  "must be `key=value` pairs joined by commas, with what has a meaning written as in an address (%2C)";

/** `key=value,key=value`, the values percent-encoded (W3C Baggage without properties). */
const pairs = (isPair: (key: string, value: string) => boolean) =>
  z.string().transform((text, context): Record<string, string> => {
    const read = text.split(",").map((pair) => readPair(pair.trim()));
    if (read.every((pair) => pair !== undefined && isPair(...pair))) {
      return Object.fromEntries(read as [string, string][]);
    }
    context.addIssue({ code: "custom", message: pairsMessage });
    return z.NEVER;
  });

function readPair(pair: string): [key: string, value: string] | undefined {
  const equals = pair.indexOf("=");
  try {
    return equals < 1 ? undefined : [pair.slice(0, equals).trim(), decodeURIComponent(pair.slice(equals + 1).trim())];
  } catch {
    return undefined;
  }
}

/** A header's name is a token (RFC 9110, section 5.1); its value is printable, so that it cannot begin another header. */
const isHeader = (name: string, value: string) =>
  /^[\w!#$%&'*+.^`|~-]+$/.test(name) && value !== "" && /^[\x20-\x7e]+$/.test(value);

const isAttribute = (name: string, value: string) => /^[\w.-]{1,100}$/.test(name) && value !== "";

/** Keys belong into headers, which are a secret; an address is shown in logs. */
function isCollector(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, search, hash } = new URL(text);
  return /^https?:$/.test(protocol) && [username, password, search, hash].every((part) => part === "");
}

/** What every program reads about traces. */
export const traceEnv = {
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .string()
    .refine(isCollector, "must be a URL beginning with http:// or https://, without user, password or question mark")
    .optional()
    .describe("Where traces go by OTLP over HTTP, without `/v1/traces` (docs/TRACING.md); none are made without it."),
  OTEL_EXPORTER_OTLP_HEADERS: pairs(isHeader)
    .optional()
    .describe("Headers for it, such as a vendor's key: `key=value` pairs joined by commas."),
  OTEL_TRACES_SAMPLER: z
    .enum(samplers, { message: `must be one of ${samplers.join(", ")}` })
    .default("parentbased_always_on")
    .describe("Which requests are traced."),
  OTEL_TRACES_SAMPLER_ARG: z.coerce
    .number("must be a number from 0 to 1")
    .min(0, "must be a number from 0 to 1")
    .max(1, "must be a number from 0 to 1")
    .default(1)
    .describe("The share that samplers with `traceidratio` in their name take."),
  OTEL_RESOURCE_ATTRIBUTES: pairs(isAttribute)
    .optional()
    .describe("What else every trace says of its program, such as `deployment.environment.name=staging`."),
};

export type TraceEnv = z.infer<z.ZodObject<typeof traceEnv>>;

/** How and where a program exports traces. */
export interface TraceRules {
  /** With the path for traces. */
  url: string;
  headers: Readonly<Record<string, string>>;
  sampler: SamplerName;
  /** From 0 to 1. */
  ratio: number;
  resource: Readonly<Record<string, string>>;
}

/** @returns undefined where no traces are wanted */
export function traceRulesOf(env: TraceEnv): TraceRules | undefined {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } = env;
  if (endpoint === undefined) return undefined;
  return {
    url: `${endpoint.replace(/\/+$/, "")}/v1/traces`,
    headers: env.OTEL_EXPORTER_OTLP_HEADERS ?? {},
    sampler: env.OTEL_TRACES_SAMPLER,
    ratio: env.OTEL_TRACES_SAMPLER_ARG,
    resource: env.OTEL_RESOURCE_ATTRIBUTES ?? {},
  };
}
