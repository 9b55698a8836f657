import { type FileHandle, open, rm } from "node:fs/promises";
import { type ExportPiece } from "./everywhere.ts";

/**
 * Writes an export to a file that nobody else can read, as it comes: `{ …head, "users": { "profile": [ … ] }, … }`. A file
 * that is there is left alone; one that cannot be finished is removed.
 */
export async function writeExportFile(path: string, head: object, pieces: AsyncIterable<ExportPiece>): Promise<void> {
  const file = await open(path, "wx", 0o600).catch((error: unknown) => {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(code === "EEXIST" ? `The file ${path} is there already.` : `The file ${path} cannot be written.`);
  });
  try {
    for await (const text of exportText(head, pieces)) await write(file, path, text);
    await file.close();
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(path, { force: true });
    throw error;
  }
}

const write = (file: FileHandle, path: string, text: string) =>
  file.writeFile(text).catch((error: unknown) => {
    throw new Error(`The file ${path} cannot be written: ${(error as NodeJS.ErrnoException).code ?? "unknown"}.`);
  });

async function* exportText(head: object, pieces: AsyncIterable<ExportPiece>): AsyncGenerator<string> {
  yield JSON.stringify(head, null, 2).replace(/\n\}$/, "");
  let service: string | undefined;
  let part: string | undefined;
  let isFirst = true;
  for await (const piece of pieces) {
    if (piece.service !== service) {
      yield `${service === undefined ? "" : "\n    ]\n  }"},\n  ${JSON.stringify(piece.service)}: {`;
      [service, part] = [piece.service, undefined];
    }
    if (piece.part !== part) {
      yield `${part === undefined ? "" : "\n    ],"}\n    ${JSON.stringify(piece.part)}: [`;
      [part, isFirst] = [piece.part, true];
    }
    for (const record of piece.records) {
      yield `${isFirst ? "" : ","}\n      ${JSON.stringify(record)}`;
      isFirst = false;
    }
  }
  yield `${service === undefined ? "" : "\n    ]\n  }"}\n}\n`;
}
