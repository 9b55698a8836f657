// A certificate for servers of tests on this machine, which nobody else trusts.
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { promisify } from "node:util";

const run = promisify(execFile);

export interface TestCertificate {
  key: string;
  cert: string;
}

/** By `openssl`, because Node makes keys and no certificates. @returns undefined where there is no such program */
export async function makeTestCertificate(): Promise<TestCertificate | undefined> {
  const hasOpenssl = await run("openssl", ["version"]).then(
    () => true,
    () => false,
  );
  if (!hasOpenssl) return undefined;
  const folder = await mkdtemp(join(tmpdir(), "certificate-"));
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  try {
    const kind = ["-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"];
    const names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"];
    await run("openssl", ["req", ...kind, ...names, "-keyout", key, "-out", cert]);
    const [keyText, certText] = await Promise.all([readFile(key, "utf8"), readFile(cert, "utf8")]);
    return { key: keyText, cert: certText };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Makes this process trust it, as `NODE_EXTRA_CA_CERTS` does for a program. @returns ends that */
export function trust({ cert }: TestCertificate): () => void {
  const before = getCACertificates("default");
  setDefaultCACertificates([...before, cert]);
  return () => {
    setDefaultCACertificates(before);
  };
}
