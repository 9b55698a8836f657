// Settings of the reports that go to Sentry. The names are Sentry's own.
import { z } from "zod";

/** As https://develop.sentry.dev/sdk/foundations/transport/authentication/#dsn-parsing has it. */
const dsnPattern = /^https?:\/\/\w+(?::\w+)?@(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?\/(?:[\w.-]+\/)*\d+$/i;

/** What every program reads about reports of errors. */
export const errorReportingEnv = {
  SENTRY_DSN: z
    .string()
    .regex(dsnPattern, "must be a DSN of Sentry such as https://<key>@errors.example/<number of the project>")
    .optional()
    .describe("Where unexpected errors are reported; without it nothing is, and nothing is loaded for it."),
  SENTRY_ENVIRONMENT: z
    .string()
    // What Sentry takes as a name of an environment.
    .regex(/^(?!none$)[^\s/]{1,64}$/i, "must be 64 characters at most, without spaces and slashes, and not none")
    .optional()
    .describe("Environment that reports name; `NODE_ENV` where it is missing."),
  SENTRY_RELEASE: z
    .string()
    .regex(/^(?!\.{1,2}$)[^\s/\\]{1,200}$/, "must be 200 characters at most, without spaces and slashes")
    .optional()
    .describe("Release that reports name, such as the commit's id."),
};
