// Messages that a local graph has written to its folder, as the people they are for read them.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type LocalGraph } from "@tradegraph/devservices/program-environment";
import PostalMime from "postal-mime";

const patienceMs = 15_000;

/**
 * The token of the latest link to a page, such as `verify-email`, in a message to this address.
 *
 * @throws Error when there is no such message within 15 seconds
 */
export async function tokenMailedTo({ mailFolder }: LocalGraph, address: string, page: string): Promise<string> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const files = await readdir(mailFolder).catch(() => []);
    for (const file of files
      .filter((name) => name.endsWith(".eml"))
      .sort()
      .reverse()) {
      const { to, text = "" } = await PostalMime.parse(await readFile(join(mailFolder, file)));
      const [, token] = new RegExp(`/${page}#token=([\\w-]+)`).exec(text) ?? [];
      if (token !== undefined && to?.some((recipient) => recipient.address === address)) return token;
    }
    if (Date.now() > deadline) throw new Error(`No message with a link to ${page} came to ${address}.`);
    await sleep(100);
  }
}
