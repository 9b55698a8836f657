// Makes a fresh mongod a replica set of one with a root user, and an old one a primary on its present port.
import mongoose from "mongoose";
import { setTimeout as sleep } from "node:timers/promises";

const { MongoClient, MongoServerError } = mongoose.mongo;
type Client = InstanceType<typeof MongoClient>;

export const replicaSetName = "rs0";

const authenticationFailed = 18;
const alreadyInitialized = 23;
const limitMilliseconds = 30_000;

export interface Member {
  port: number;
  username: string;
  password: string;
  /** Acknowledge majority writes without waiting for the disk: for data nobody will miss. */
  careless: boolean;
}

/** Brings the server on `port` to "writable primary that knows its user" and resolves with its version. */
export async function ensureReplicaSet(member: Member): Promise<string> {
  let client = await authenticated(member);
  if (!client) {
    await firstStart(member);
    client = await authenticated(member);
  }
  if (!client) throw new Error("mongod refuses the user that was just created");
  try {
    await correctPort(client, member.port);
    await waitForPrimary(client);
    const { version } = await client.db("admin").command({ buildInfo: 1 });
    return String(version);
  } finally {
    await client.close();
  }
}

async function authenticated(member: Member): Promise<Client | undefined> {
  const client = direct(member.port, `${member.username}:${member.password}@`);
  try {
    return await client.connect();
  } catch (error) {
    await client.close();
    if (error instanceof MongoServerError && error.code === authenticationFailed) return undefined;
    throw error;
  }
}

// While no user exists, mongod lets a client on loopback initiate the set and create the first one.
async function firstStart({ port, username, password, careless }: Member): Promise<void> {
  const client = direct(port, "");
  try {
    await client.connect();
    const admin = client.db("admin");
    await admin
      .command({
        replSetInitiate: {
          _id: replicaSetName,
          members: [{ _id: 0, host: `127.0.0.1:${port}` }],
          writeConcernMajorityJournalDefault: !careless,
        },
      })
      .catch((error: unknown) => {
        // A start that was killed between initiating and creating the user.
        if (!(error instanceof MongoServerError) || error.code !== alreadyInitialized) throw error;
      });
    await waitForPrimary(client);
    await admin.command({ createUser: username, pwd: password, roles: ["root"] });
  } finally {
    await client.close();
  }
}

// The set remembers the port of its first start; under another one mongod does not find itself among the members.
async function correctPort(client: Client, port: number): Promise<void> {
  const admin = client.db("admin");
  const { config } = await admin.command({ replSetGetConfig: 1 });
  const host = `127.0.0.1:${port}`;
  if (config.members[0].host === host) return;
  const members = [{ ...config.members[0], host }];
  await admin.command({ replSetReconfig: { ...config, version: config.version + 1, members }, force: true });
}

async function waitForPrimary(client: Client): Promise<void> {
  const deadline = performance.now() + limitMilliseconds;
  while (performance.now() < deadline) {
    const { isWritablePrimary } = await client.db("admin").command({ hello: 1 });
    if (isWritablePrimary === true) return;
    await sleep(10);
  }
  throw new Error(`mongod did not become primary within ${limitMilliseconds / 1000} s`);
}

function direct(port: number, credentials: string): Client {
  return new MongoClient(`mongodb://${credentials}127.0.0.1:${port}/?directConnection=true&authSource=admin`, {
    serverSelectionTimeoutMS: 10_000,
    maxPoolSize: 1,
  });
}
