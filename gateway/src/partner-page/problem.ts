// What somebody is told who asked for the page and does not get it.
import { type ErrorCode, httpStatusByCode } from "@tradegraph/kit/errors";
import { GraphQLError } from "graphql";

export interface Problem {
  status: number;
  code: string;
  /** For people. */
  message: string;
  headers: Readonly<Record<string, string>>;
}

interface Extensions {
  code?: string;
  http?: { status?: number; headers?: Record<string, string> };
}

/** Seconds; users is asked again after two. */
const retryAfter = { "retry-after": "5" };

/** Where the words for programs do not help people. Which of the reasons it is nobody is told, as everywhere. */
const messages: Record<number, string> = {
  401: "This key does not count here. It may be mistyped, ended or expired, or be for other addresses than yours.",
  413: "That is longer than a key is.",
  500: "Something went wrong on our side: try again, and tell us the request's id if it stays so.",
  503: "Nobody can tell at the moment what your operations are: try again in some seconds. Programs that run go on.",
};

export function problemOf(error: unknown): Problem {
  const { code = "INTERNAL_SERVER_ERROR", http }: Extensions = error instanceof GraphQLError ? error.extensions : {};
  const status = http?.status ?? httpStatusByCode[code as ErrorCode] ?? 500;
  const headers = {
    ...(status === 401 && { "www-authenticate": 'Bearer error="invalid_token"' }),
    ...(status === 503 && retryAfter),
    ...http?.headers,
  };
  return { status, code, message: messages[status] ?? (error as Error).message, headers };
}
