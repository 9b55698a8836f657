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
  };
}

/** Reads `<dataDir>/secrets.json`, making it on the first start. */
export async function openSecrets(dataDir: string): Promise<DemoSecrets> {
  const file = join(dataDir, "secrets.json");
  try {
    return JSON.parse(await readFile(file, "utf8")) as DemoSecrets;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    const secrets = generateSecrets();
    await mkdir(dataDir, { recursive: true });
    await writePrivate(file, JSON.stringify(secrets, null, 2));
    return secrets;
  }
}
