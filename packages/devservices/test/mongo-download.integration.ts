import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import { type AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { downloadMongod } from "../src/mongo-from-download.ts";
import { silent, type ProgressEvent } from "../src/progress.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** A mirror of the download host on loopback; returns the downloader's settings for it. */
async function mirror(answer: RequestListener): Promise<Record<string, string>> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  // The archive of a fixed distribution, so that this runs on any.
  return {
    MONGOMS_DOWNLOAD_MIRROR: `http://127.0.0.1:${port}`,
    MONGOMS_USE_HTTP: "1",
    MONGOMS_DISTRO: "ubuntu-22.04",
    NO_PROXY: "127.0.0.1",
  };
}

function archive(): Buffer {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "mongodb", "bin"), { recursive: true });
  writeFileSync(join(folder, "mongodb", "bin", "mongod"), "the program");
  execFileSync("tar", ["-czf", "mongodb.tgz", "mongodb"], { cwd: folder });
  return readFileSync(join(folder, "mongodb.tgz"));
}

function serve(tarball: Buffer, md5: string): RequestListener {
  return (request, response) => {
    const body = request.url?.endsWith(".md5") ? Buffer.from(`${md5}  mongodb.tgz\n`) : tarball;
    response.writeHead(200, { "content-length": body.length });
    response.end(request.method === "HEAD" ? undefined : body);
  };
}

describe("downloadMongod", { timeout: 30_000 }, () => {
  it("fetches and unpacks the program", async () => {
    const tarball = archive();
    const settings = await mirror(serve(tarball, createHash("md5").update(tarball).digest("hex")));
    const binary = await downloadMongod(temporaryFolder(), silent, settings);
    expect(readFileSync(binary, "utf8")).toBe("the program");
  });

  it("tells how far it is", async () => {
    const tarball = archive();
    const whole = serve(tarball, createHash("md5").update(tarball).digest("hex"));
    const settings = await mirror((request, response) => {
      if (request.method === "HEAD" || request.url?.endsWith(".md5")) return whole(request, response);
      response.writeHead(200, { "content-length": tarball.length });
      response.write(tarball.subarray(0, 100));
      setTimeout(() => response.end(tarball.subarray(100)), 800);
    });
    const events: ProgressEvent[] = [];
    await downloadMongod(temporaryFolder(), (event) => events.push(event), settings);
    expect(events).toContainEqual({ type: "download", step: "MongoDB", received: 100, total: tarball.length });
  });

  it("refuses an archive with another checksum", async () => {
    const settings = await mirror(serve(archive(), "0".repeat(32)));
    await expect(downloadMongod(temporaryFolder(), silent, settings)).rejects.toThrow(/checksum|md5/i);
  });

  it("goes on after 3 s when the host does not answer", async () => {
    const settings = await mirror(() => undefined);
    const begun = performance.now();
    await expect(downloadMongod(temporaryFolder(), silent, settings)).rejects.toThrow(/cannot be reached within 3 s/);
    expect(performance.now() - begun).toBeLessThan(6000);
  });

  it("says so when there is no build for the system", async () => {
    const settings = await mirror((_request, response) => void response.writeHead(403).end());
    await expect(downloadMongod(temporaryFolder(), silent, settings)).rejects.toThrow(/no build for this system/);
  });
});
