// Where programs send traces and errors (OBS-3), by the settings of the stack.
import { describe, expect, it } from "vitest";
import { catalogue, isFargateSize } from "../../lib/catalogue.ts";
import { stackNames } from "../../lib/stack-name.ts";
import { type Config, foundation, run } from "./mocked-run.ts";

interface Container {
  name: string;
  environment: { name: string; value: string }[];
  secrets?: { name: string; valueFrom: string }[];
}
type Run = Awaited<ReturnType<typeof run>>;
const services = catalogue.map(({ name }) => name as string);

/** Containers of each service, by its name. */
const tasksOf = ({ ofKind }: Run) =>
  new Map(
    ofKind("ecs.TaskDefinition")
      .filter(({ name }) => services.includes(name))
      .map(({ name, inputs }) => [name, JSON.parse(String(inputs["containerDefinitions"])) as Container[]]),
  );
const tracingRights = ({ ofKind }: Run) =>
  ofKind("iam.RolePolicy")
    .filter(({ inputs }) => String(inputs["policy"]).includes("xray:"))
    .map(({ name }) => name)
    // Functions send traces of their own.
    .filter((name) => name.endsWith("-task"));
const variablesOf = ([program]: Container[]) =>
  Object.fromEntries((program?.environment ?? []).map(({ name, value }) => [name, value]));
const withSecrets = (...keys: string[]): Config => ({
  ...foundation,
  secrets: { ...foundation.secrets, ...Object.fromEntries(keys.map((key) => [key, `arn:secret:${key}`])) },
});
const otlp = { traces: "otlp", traceEndpoint: "https://otlp.nr-data.net" };

describe("traces", { timeout: 60_000 }, () => {
  it.each(stackNames)("go to X-Ray in %s, by a collector in every task of a service", async (stack) => {
    const made = await run(stack);
    const tasks = tasksOf(made);
    expect([...tasks.keys()].sort()).toEqual([...services].sort());
    for (const [service, containers] of tasks) {
      expect(containers.map(({ name }) => name)).toEqual([service, "traces"]);
      expect(variablesOf(containers)).toMatchObject({
        OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:4318",
        OTEL_TRACES_SAMPLER: "parentbased_traceidratio",
        OTEL_TRACES_SAMPLER_ARG: "0.05",
      });
    }
    for (const { name, inputs } of made.ofKind("ecs.TaskDefinition")) {
      const size = { cpu: Number(inputs["cpu"]), memory: Number(inputs["memory"]) };
      expect(isFargateSize(size), name).toBe(true);
    }
    expect(tracingRights(made)).toHaveLength(services.length);
    expect(made.namesOf("xray.Group")).toEqual(["traces-faults", "traces-slow"]);
    // Migrations end before anybody would look at their traces.
    const job = made.ofKind("ecs.TaskDefinition").find(({ name }) => name === "migrate");
    expect(JSON.parse(String(job?.inputs["containerDefinitions"]))).toHaveLength(1);
  });

  it("go straight to a vendor, with its key from the stack's secrets and nothing of X-Ray", async () => {
    const key = "OTEL_EXPORTER_OTLP_HEADERS";
    const made = await run("prod", { ...otlp, filledSecrets: [key] }, withSecrets(key));
    for (const containers of tasksOf(made).values()) {
      expect(containers).toHaveLength(1);
      expect(variablesOf(containers)).toMatchObject({ OTEL_EXPORTER_OTLP_ENDPOINT: otlp.traceEndpoint });
      expect(containers[0]?.secrets).toContainEqual({ name: key, valueFrom: `arn:secret:${key}` });
    }
    expect([tracingRights(made), made.namesOf("xray.Group")]).toEqual([[], []]);
    const start = made.ofKind("iam.RolePolicy").find(({ name }) => name === "products-start");
    expect(start?.inputs["policy"]).toContain(`arn:secret:${key}`);
  });

  it.each([{ traces: "off" }, { traceSharePercent: 0 }, { ...otlp, traceSharePercent: 0 }])(
    "go nowhere with %j",
    async (changed) => {
      const made = await run("staging", changed);
      for (const containers of tasksOf(made).values()) {
        expect(containers).toHaveLength(1);
        expect(Object.keys(variablesOf(containers)).filter((name) => name.startsWith("OTEL_"))).toEqual([]);
      }
      expect([tracingRights(made), made.namesOf("xray.Group")]).toEqual([[], []]);
    },
  );

  it("need an address where X-Ray is not meant, and none where it is", async () => {
    await expect(run("prod", { traces: "otlp" })).rejects.toThrow("tradegraph-application:traceEndpoint");
    await expect(run("prod", { traceEndpoint: otlp.traceEndpoint })).rejects.toThrow("goes with traces: otlp");
  });
});

describe("errors", { timeout: 60_000 }, () => {
  const dsn = { name: "SENTRY_DSN", valueFrom: "arn:secret:SENTRY_DSN" };

  it("go to Sentry from every service once its secret has a value, and say where they happened", async () => {
    for (const containers of tasksOf(await run("prod", { filledSecrets: ["SENTRY_DSN"] })).values()) {
      expect(containers[0]?.secrets).toContainEqual(dsn);
      expect(containers[1]?.secrets).toBeUndefined();
      const variables = variablesOf(containers);
      expect(variables).toMatchObject({ SENTRY_ENVIRONMENT: "prod", SENTRY_RELEASE: "tradegraph@111111111111" });
      expect(variables).not.toHaveProperty("SENTRY_DSN");
    }
  });

  it("go nowhere before: the secret is there, and no task waits for its value", async () => {
    for (const containers of tasksOf(await run("prod", { filledSecrets: [] })).values()) {
      expect(containers[0]?.secrets).not.toContainEqual(dsn);
    }
  });
});
