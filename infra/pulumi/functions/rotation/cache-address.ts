// REDIS_URL: <scheme>://<user>:<password>@<host>:<port>, by docs/REDIS.md; user and password are percent-encoded.
import { randomBytes } from "node:crypto";

export interface CacheAddress {
  tls: boolean;
  user: string;
  password: string;
  host: string;
  port: number;
}

const FORM = /^(rediss?)((?:\+cluster)?:\/\/)([^:@/]+):([^@/]+)@([\w.-]+):(\d{1,5})((?:\/.*)?)$/;

function parts(url: string) {
  const found = FORM.exec(url);
  if (!found) throw new Error("must be rediss://user:password@host:port or rediss+cluster://user:password@host:port");
  return found.slice(1) as [string, string, string, string, string, string, string];
}

/** @throws without the value, where it is no such address */
export function readAddress(url: string): CacheAddress {
  const [scheme, , user, password, host, port] = parts(url);
  return {
    tls: scheme === "rediss",
    user: decodeURIComponent(user),
    password: decodeURIComponent(password),
    host,
    port: Number(port),
  };
}

/** The same address with a new password. ElastiCache takes 16 to 128 characters. */
export function withNewPassword(url: string): string {
  const [scheme, kind, user, , host, port, rest] = parts(url);
  return `${scheme}${kind}${user}:${randomBytes(32).toString("hex")}@${host}:${port}${rest}`;
}
