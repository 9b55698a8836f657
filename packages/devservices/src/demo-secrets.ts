// Keys and passwords of a local graph: generated once, kept beside the data, never in the repository.
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { writePrivate } from "./data-folder.ts";

export interface DemoSecrets {
  /** As INTERNAL_SIGNING_KEYS takes it. */
  signingKeys: string;
  /** PKCS #8 in PEM, as JWT_PRIVATE_KEY takes it. */
  jwtPrivateKey: string;
  /** Password of all demo accounts. */
  demoPassword: string;
  /** With which operators purge the response cache of all subgraphs. */
  operatorKey: string;
}

/** New ones, for a graph that leaves nothing behind. */
export function generateSecrets(): DemoSecrets {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return {
    signingKeys: `local:${randomBytes(32).toString("hex")}`,
    jwtPrivateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    // Typed by people: four groups of letters and digits.
    demoPassword: randomBytes(8)
      .toString("hex")
      .replace(/(.{4})(?=.)/g, "$1-"),
    operatorKey: randomBytes(32).toString("base64url"),
  };
}

/** Reads `<dataDir>/secrets.json`, making it on the first start. What older ones did not have is added. */
export async function openSecrets(dataDir: string): Promise<DemoSecrets> {
  const file = join(dataDir, "secrets.json");
  const known = await readSecrets(file);
  if (known && isComplete(known)) return known;
  const secrets = { ...generateSecrets(), ...known };
  await mkdir(dataDir, { recursive: true });
  await writePrivate(file, JSON.stringify(secrets, null, 2));
  return secrets;
}

const names = ["signingKeys", "jwtPrivateKey", "demoPassword", "operatorKey"] as const satisfies (keyof DemoSecrets)[];

const isComplete = (secrets: Partial<DemoSecrets>): secrets is DemoSecrets =>
  names.every((name) => secrets[name] !== undefined);

async function readSecrets(file: string): Promise<Partial<DemoSecrets> | undefined> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as Partial<DemoSecrets>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return undefined;
  }
}
