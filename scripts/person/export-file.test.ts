import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ExportPiece } from "./everywhere.ts";
import { writeExportFile } from "./export-file.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "export-"));
});
afterAll(() => rm(folder, { recursive: true }));

const piece = (service: string, part: string, ...records: object[]): ExportPiece => ({ service, part, records });
/** @param failure thrown after the last piece */
async function* piecesOf(pieces: ExportPiece[], failure?: Error): AsyncGenerator<ExportPiece> {
  for (const one of pieces) yield await Promise.resolve(one);
  if (failure) throw failure;
}

describe("the file of an export", () => {
  it("is one JSON object, however the records came", async () => {
    const path = join(folder, "all.json");
    const pieces = [
      ...[piece("users", "profile", { name: 'A "quoted" name' }), piece("users", "links")],
      ...[
        piece("orders", "orders", { n: 1 }, { n: 2 }),
        piece("orders", "orders"),
        piece("orders", "orders", { n: 3 }),
      ],
      // The same name in another subgraph is another part.
      ...[piece("content", "orders", { n: 4 })],
    ];
    await writeExportFile(path, { tenantId: "acme" }, piecesOf(pieces));
    expect(JSON.parse(await readFile(path, "utf8"))).toEqual({
      tenantId: "acme",
      users: { profile: [{ name: 'A "quoted" name' }], links: [] },
      orders: { orders: [{ n: 1 }, { n: 2 }, { n: 3 }] },
      content: { orders: [{ n: 4 }] },
    });
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it("is JSON when there is nothing", async () => {
    const path = join(folder, "nothing.json");
    await writeExportFile(path, { tenantId: "acme" }, piecesOf([]));
    expect(JSON.parse(await readFile(path, "utf8"))).toEqual({ tenantId: "acme" });
  });

  it("is no half one: it goes when something fails", async () => {
    const path = join(folder, "half.json");
    const failing = piecesOf([piece("users", "profile", { n: 1 })], new Error("orders is away"));
    await expect(writeExportFile(path, {}, failing)).rejects.toThrow("orders is away");
    expect(await readdir(folder)).not.toContain("half.json");
  });

  it("is never written over another, and nothing is asked for then", async () => {
    const path = join(folder, "there.json");
    await writeFile(path, "mine");
    const failing = piecesOf([], new Error("asked"));
    await expect(writeExportFile(path, {}, failing)).rejects.toThrow(`The file ${path} is there already.`);
    expect(await readFile(path, "utf8")).toBe("mine");
  });
});
