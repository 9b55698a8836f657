import process from "node:process";
import { EnvError, parseEnv, stringRecord } from "@tradegraph/kit/env";
import { z } from "zod";
import { type Program, programs } from "./rights.ts";

export interface Login {
  username: string;
  password: string;
}

export interface DatabaseUsersEnv {
  /** The server, without a user. */
  uri: string;
  owner: Login;
  /** By program: ARNs of its roles at AWS, or user and password. */
  users: { kind: "iam"; roles: Record<Program, string[]> } | { kind: "password"; logins: Record<Program, Login> };
}

const address = z.string().regex(/^mongodb(\+srv)?:\/\//, "must begin with mongodb:// or mongodb+srv://");
const arns = z
  .string()
  .transform((text) => text.split(","))
  .pipe(
    z.array(
      z.string().regex(/^arn:aws[\w-]*:iam::\d{12}:role\/[\w+=.@/-]+$/, "must be arn:aws:iam::<account>:role/<name>"),
    ),
  );
const json = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};
/** As AWS writes the secret of a cluster's first user; other fields of it are not looked at. */
const owner = z
  .string()
  .transform(json)
  .pipe(
    z.object(
      { username: z.string().min(1), password: z.string().min(1) },
      'must be JSON such as {"username":"owner","password":"..."}',
    ),
  );
const variables = {
  products: "MONGODB_URI_PRODUCTS",
  orders: "MONGODB_URI_ORDERS",
  users: "MONGODB_URI_USERS",
  content: "MONGODB_URI_CONTENT",
  migrate: "MONGODB_URI_MIGRATE",
} as const satisfies Record<Program, string>;

const settings = {
  MONGODB_URI: address.refine((uri) => !uri.includes("@"), "must name no user: DATABASE_OWNER does"),
  DATABASE_OWNER: owner,
  DATABASE_USERS: stringRecord.pipe(z.partialRecord(z.enum(programs), arns)).optional(),
  MONGODB_URI_PRODUCTS: address.optional(),
  MONGODB_URI_ORDERS: address.optional(),
  MONGODB_URI_USERS: address.optional(),
  MONGODB_URI_CONTENT: address.optional(),
  MONGODB_URI_MIGRATE: address.optional(),
};

/**
 * Reads and checks every setting of the job; values never appear in messages.
 *
 * @throws EnvError naming every missing or wrong variable
 */
export function readEnv(source: Record<string, string | undefined> = process.env): DatabaseUsersEnv {
  const env = parseEnv(settings, source);
  const server = { uri: env.MONGODB_URI, owner: env.DATABASE_OWNER };
  const { DATABASE_USERS: roles } = env;
  const given = programs.filter((program) => env[variables[program]] !== undefined);
  if (roles) {
    refuse(given.map((program) => `${variables[program]}: is set besides DATABASE_USERS; set one of them`));
    refuse(programs.filter((program) => !roles[program]).map((program) => `DATABASE_USERS: has no role of ${program}`));
    return { ...server, users: { kind: "iam", roles: roles as Record<Program, string[]> } };
  }
  if (given.length === 0) refuse(["DATABASE_USERS: is missing; it says which role of AWS each program has"]);
  refuse(programs.filter((program) => !given.includes(program)).map((program) => `${variables[program]}: is missing`));
  const logins = programs.map((program) => [program, loginOf(variables[program], env[variables[program]] ?? "")]);
  return { ...server, users: { kind: "password", logins: Object.fromEntries(logins) as Record<Program, Login> } };
}

function refuse(problems: string[]): void {
  if (problems.length > 0) throw new EnvError(problems);
}

/** User and password in an address, which `URL` does not read where it has several hosts. */
function loginOf(variable: string, uri: string): Login {
  const [, username = "", password = ""] = /^mongodb(?:\+srv)?:\/\/([^:@/]+):([^@/]+)@/.exec(uri) ?? [];
  if (username === "" || password === "") throw new EnvError([`${variable}: must hold user and password`]);
  return { username: decodeURIComponent(username), password: decodeURIComponent(password) };
}
