// What the other tenant's documents hold, and whether an answer has any of it that the caller did not say itself.
import { homeTenant, otherTenant } from "../people.ts";
import { type InProcessGraph, subgraphNames } from "../in-process-graph.ts";
import { markPattern, tenantCollections } from "./marking.ts";

export interface Secrets {
  /** Every id in a document of the other tenant that no document of ours has. */
  ids: Set<string>;
  /** The same of texts. */
  texts: Set<string>;
  /** One text of each `collection.path`. */
  samples: Map<string, string>;
  /** Ids of documents and of parts with an id, a few of each kind, with their `collection.path`. */
  objects: Map<string, string>;
}

/** Parts of documents, texts and ids with their path. */
function* valuesIn(value: unknown, path: string): Generator<{ path: string; text: string; isId: boolean }> {
  if (typeof value === "string") yield { path, text: value, isId: /^[0-9a-f]{24}$/.test(value) };
  else if (Array.isArray(value)) for (const item of value) yield* valuesIn(item, path);
  else if (typeof value === "object" && value !== null) {
    if ("toHexString" in value) yield { path, text: String(value), isId: true };
    else if (Object.getPrototypeOf(value) === Object.prototype)
      for (const [name, inner] of Object.entries(value)) yield* valuesIn(inner, `${path}.${name}`);
  }
}

export async function readSecrets({ databases }: InProcessGraph): Promise<Secrets> {
  const ours = new Set<string>();
  const ids = new Set<string>();
  const texts = new Set<string>();
  const samples = new Map<string, string>();
  const objects = new Map<string, Set<string>>();
  for (const name of subgraphNames) {
    for (const { name: collection } of tenantCollections(name)) {
      const all = databases[name].collection(collection);
      for await (const document of all.find({ tenantId: homeTenant }))
        for (const { text } of valuesIn(document, "")) ours.add(text);
      // Those in use first, then the fullest, because a few of each kind have to do.
      const theirs = await all.find({ tenantId: otherTenant }).toArray();
      const worth = (document: object) =>
        JSON.stringify(document).length + ("isActive" in document && document.isActive === false ? 0 : 1e9);
      theirs.sort((a, b) => worth(b) - worth(a));
      for (const document of theirs)
        for (const { path, text, isId } of valuesIn(document, collection)) {
          if (isId) ids.add(text);
          else if (text.length >= 8) texts.add(text);
          if (!isId && !samples.has(path)) samples.set(path, text);
          if (path.endsWith("._id") && isId) {
            const known = objects.get(path) ?? new Set();
            if (known.size < 3) objects.set(path, known.add(text));
          }
        }
    }
  }
  for (const one of ours) {
    ids.delete(one);
    texts.delete(one);
  }
  texts.delete(otherTenant);
  return {
    ids,
    texts,
    samples,
    objects: new Map([...objects].flatMap(([path, some]) => [...some].map((id) => [id, path] as const))),
  };
}

const decoded = (text: string): string =>
  /^[\w-]{16,}$/.test(text) ? Buffer.from(text, "base64url").toString("utf8") : "";

/** What of the secrets is in a value and not in what was sent. */
export function leaksIn({ ids, texts }: Secrets, value: unknown, sent: readonly string[]): string[] {
  const said = sent.flatMap((one) => [one.toLowerCase(), decoded(one).toLowerCase()]).join("\n");
  const leaks: string[] = [];
  for (const { path, text } of valuesIn(value, "")) {
    const forms = `${text}\n${decoded(text)}`;
    const found = [
      ...[...forms.matchAll(markPattern)].map(([mark]) => mark),
      ...[...forms.matchAll(/[0-9a-f]{24}/g)].map(([id]) => id).filter((id) => ids.has(id)),
      ...(texts.has(text) ? [text] : []),
    ];
    leaks.push(...found.filter((one) => !said.includes(one.toLowerCase())).map((one) => `${path}: ${one}`));
  }
  return leaks;
}
