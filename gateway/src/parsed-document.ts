// Texts of strangers as documents: bounded, and each read once for all who send it.
import { maxTokens } from "@tradegraph/kit/operation-text";
import { type DocumentNode, parse } from "graphql";
import { LRUCache } from "lru-cache";

/** For `parse`, wherever a stranger's text is read. Places in the text would take half the memory. */
export const parseOptions = { maxTokens, noLocation: true };

/** What a token takes in a parsed document, about (measured: 113, and up to 200 with what is read of it). */
const tokenBytes = 200;
/** The same with places in the text, which hold every token beside the tree (measured: 309). */
const locatedTokenBytes = 320;
const memorySize = { max: 1_000, maxSize: 32 * 1_024 * 1_024 };

/** Bytes of memory that a document with places takes, about. */
export const documentBytes = ({ tokenCount = 1 }: DocumentNode): number => locatedTokenBytes * tokenCount;

/**
 * Valid documents for Apollo Server, which parses and validates no text again that is here. Its own store counts a
 * document as its JSON, a quarter of what it takes: 30 MiB of it held 120 (measured).
 */
export function createDocumentStore() {
  const documents = new LRUCache<string, DocumentNode>({
    maxSize: memorySize.maxSize,
    sizeCalculation: (document, key) => documentBytes(document) + key.length,
  });
  return {
    get: (key: string) => Promise.resolve(documents.get(key)),
    set: (key: string, document: DocumentNode) => Promise.resolve(void documents.set(key, document)),
    delete: (key: string) => Promise.resolve(documents.delete(key)),
  };
}

/** Gives what was read of a text, or undefined for a text of which nothing could be read. */
export type ReadText<T> = (text: string, operationName: string | undefined) => T | undefined;

/**
 * Remembers what `read` made of texts; a text that is no GraphQL is remembered too.
 *
 * @param read may throw for what it does not like
 */
export function rememberDocuments<T extends { document: DocumentNode }>(
  read: (document: DocumentNode, text: string, operationName: string | undefined) => T | undefined,
): ReadText<T> {
  const memory = new LRUCache<string, { read: T | undefined }>({
    ...memorySize,
    sizeCalculation: (known, key) => key.length + 1 + tokenBytes * (known.read?.document.tokenCount ?? 1),
  });
  const readNew = (text: string, operationName: string | undefined): T | undefined => {
    try {
      return read(parse(text, parseOptions), text, operationName);
    } catch {
      return undefined;
    }
  };
  return (text, operationName) => {
    // The name as JSON, which has no line breaks: no text may pass for another one with a name in front.
    const key = `${operationName === undefined ? "" : JSON.stringify(operationName)}\n${text}`;
    const known = memory.get(key);
    if (known) return known.read;
    const made = readNew(text, operationName);
    memory.set(key, { read: made });
    return made;
  };
}
