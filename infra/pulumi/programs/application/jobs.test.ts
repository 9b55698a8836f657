// What a release runs before services, and what people and scrapers are told.
import { describe, expect, it } from "vitest";
import { catalogue } from "../../lib/catalogue.ts";
import { type Config, foundation, type Made, masterSecretArn, run } from "./mocked-run.ts";

describe("program application", { timeout: 60_000 }, () => {
  describe("the job that makes database users", () => {
    const jobOf = (ofKind: (kind: string) => Made[]) => {
      const task = ofKind("ecs.TaskDefinition").find(({ name }) => name === "database-users");
      const [container] = JSON.parse(String(task?.inputs["containerDefinitions"])) as {
        environment: { name: string; value: string }[];
        secrets: { name: string; valueFrom: string }[];
      }[];
      const text = Object.fromEntries(container?.environment.map(({ name, value }) => [name, value]) ?? []);
      const secrets = Object.fromEntries(container?.secrets.map(({ name, valueFrom }) => [name, valueFrom]) ?? []);
      return { text, secrets };
    };
    const withDatabase = (database: Config, secrets: Config = {}) => ({
      ...foundation,
      database: { ...foundation.database, ...database },
      secrets: { ...foundation.secrets, ...secrets },
    });

    it("knows the roles that tasks really have, and the first user's secret", async () => {
      const { ofKind, outputs } = await run("staging");
      const { text, secrets } = jobOf(ofKind);
      const roles = JSON.parse(text["DATABASE_USERS"] ?? "{}") as Record<string, string>;
      const named = ofKind("iam.Role").map(({ inputs }) => `arn:aws:iam::222222222222:role/${String(inputs["name"])}`);
      const wanted = [...catalogue.filter(({ hasDatabase }) => hasDatabase).map(({ name }) => name), "migrate"];
      expect(Object.keys(roles).sort()).toEqual(wanted.sort());
      expect(named).toEqual(expect.arrayContaining(Object.values(roles)));
      expect(secrets).toEqual({ DATABASE_OWNER: masterSecretArn });
      expect(text["MONGODB_URI"]).not.toMatch(/@|MONGODB-AWS/);
      expect(outputs.databaseUsers).not.toBeNull();
    });

    it("gives the roles of a second region users as well", async () => {
      const { ofKind } = await run("staging", { recoveryRegion: "us-west-2" });
      const roles = JSON.parse(jobOf(ofKind).text["DATABASE_USERS"] ?? "{}") as Record<string, string>;
      expect(roles["users"]?.split(",")).toEqual([
        "arn:aws:iam::222222222222:role/tradegraph-staging-users-task",
        "arn:aws:iam::222222222222:role/tradegraph-staging-recovery-users-task",
      ]);
    });

    it("is given the addresses with passwords where programs log in by them", async () => {
      const names = ["products", "orders", "users", "content", "migrate"];
      const addresses = Object.fromEntries(names.map((name) => [`MONGODB_URI/${name}`, `arn:${name}`]));
      const { ofKind } = await run("staging", {}, withDatabase({ users: "password" }, addresses));
      const { text, secrets } = jobOf(ofKind);
      expect(text).not.toHaveProperty("DATABASE_USERS");
      expect(secrets).toMatchObject({ DATABASE_OWNER: masterSecretArn, MONGODB_URI_MIGRATE: "arn:migrate" });
      expect(Object.keys(secrets)).toHaveLength(6);
    });

    it("is nothing to start where MongoDB is elsewhere", async () => {
      const elsewhere = withDatabase({ kind: "external", users: "password", masterSecretArn: undefined });
      const { ofKind, outputs } = await run("staging", {}, elsewhere);
      expect(outputs.databaseUsers).toBeNull();
      expect(jobOf(ofKind)).toEqual({ text: { NODE_ENV: "production" }, secrets: {} });
    });
  });

  it("says what to do next: before the first image, with the example of the stack file, and when an image runs", async () => {
    const { outputs: empty } = await run("staging", { imageDigest: "" });
    expect(empty.next?.[0]).toContain("there is no image yet");
    expect(empty.next?.join(" ")).toMatch(/registry\.example\/app.*migrateDigest.*databaseUsers.*migrate.*imageDigest/);
    expect((await run("staging")).outputs.next?.[0]).toContain("example of the stack file");
    const imageDigest = `sha256:${"2".repeat(64)}`;
    expect((await run("staging", { imageDigest })).outputs.next).toEqual([
      expect.stringContaining(`${imageDigest} runs`),
    ]);
    const defined = await run("staging", { imageDigest: "", migrateDigest: imageDigest });
    expect(defined.outputs.next?.[0]).toContain("jobs are defined");
  });

  it("keeps the gateway's figures on a port that the load balancer does not know", async () => {
    const { ofKind } = await run("staging");
    const portsOf = (service: string) => {
      const task = ofKind("ecs.TaskDefinition").find(({ name }) => name === service);
      const [container] = JSON.parse(String(task?.inputs["containerDefinitions"])) as {
        portMappings: { name: string; containerPort: number }[];
      }[];
      return container?.portMappings.map(({ name, containerPort }) => `${name} ${containerPort}`);
    };
    expect(portsOf("gateway")).toEqual(["gateway 4000", "gateway-operators 4100"]);
    expect(portsOf("users")).toEqual(["users 4003"]);
    expect(ofKind("lb.TargetGroup").map(({ inputs }) => inputs["port"])).not.toContain(4100);
  });
});
