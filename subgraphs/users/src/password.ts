// Passwords are kept as argon2id, with the costs that OWASP names first: 19 MiB, two passes.
import { randomUUID } from "node:crypto";
import { hash as argon2, verify as argon2Verify } from "@node-rs/argon2";
import { createLimit } from "@tradegraph/kit/concurrency";
import { serviceUnavailable } from "@tradegraph/kit/errors";

/** Characters of a password. */
export const passwordLength = { min: 12, max: 128 } as const;

const costs = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** The same text may be typed as different code points on different systems. */
const normalized = (password: string) => password.normalize("NFKC");

const lengthOf = (password: string) => Array.from(password).length;

/** Whether a new password may be this long. */
export const isPasswordLength = (password: string): boolean =>
  lengthOf(password) >= passwordLength.min && lengthOf(password) <= passwordLength.max;

const hash = (password: string) => argon2(normalized(password), costs);

/** Whether a hash was made with other costs than new ones are, so that it should be made anew at the next sign-in. */
export const needsRehash = (passwordHash: string): boolean => {
  const { memoryCost, timeCost, parallelism } = costs;
  return !passwordHash.startsWith(`$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${parallelism}$`);
};

/** Hash for the demo accounts of the seed; computed once, because all share one password. */
export const hashDemoPassword = (password: string): Promise<string> => hash(password);

export interface Passwords {
  /** @throws PublicError SERVICE_UNAVAILABLE when too many wait already */
  hash: (password: string) => Promise<string>;
  /**
   * Takes as long for an account that does not exist (`undefined`) as for one that does.
   *
   * @throws PublicError SERVICE_UNAVAILABLE when too many wait already
   */
  verify: (passwordHash: string | undefined, password: string) => Promise<boolean>;
}

/**
 * Hashing is meant to be expensive, so only a few run at once and only some wait: a flood of sign-ins must not take the
 * memory and the processors from everybody else.
 */
export function createPasswords({ concurrency = 4, waiting = 200 } = {}): Passwords {
  const limit = createLimit(concurrency);
  const dummyHash = hash(randomUUID());
  dummyHash.catch(() => undefined);
  let open = 0;
  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    if (open >= concurrency + waiting) throw serviceUnavailable("Too many people sign in at the moment; try again.");
    open += 1;
    try {
      return await limit(work);
    } finally {
      open -= 1;
    }
  };
  return {
    hash: (password) => inTurn(() => hash(password)),
    async verify(passwordHash, password) {
      // Before hashing: a megabyte of password is no password but an attack.
      if (lengthOf(password) > passwordLength.max) return false;
      const isRight = await inTurn(async () => argon2Verify(passwordHash ?? (await dummyHash), normalized(password)));
      return passwordHash !== undefined && isRight;
    },
  };
}
