// scripts/deploy-kubernetes.sh with a kubectl that writes down what it is told.
import { execFile } from "node:child_process";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { childEnvironment } from "@tradegraph/devservices/env";
import { readEnv } from "./delivery-tools/env.ts";

const image = `registry.example/shop/app@sha256:${"a".repeat(64)}`;
const old = image.replaceAll("a".repeat(64), "b".repeat(64));
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tradegraph-kubectl-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

interface World {
  /** Text of a command that fails. */
  failing?: string;
  /** What the cluster is asked about its deployments is answered with this image. */
  running?: string;
  /** Text of a command in whose middle somebody presses ^C. */
  stopped?: string;
}

async function deploy(argument: string, { failing = "no such", running = old, stopped = "no such" }: World = {}) {
  const log = join(folder, "log");
  await writeFile(log, "");
  const script = `#!/bin/sh
case "$*" in *' get '*) printf '%s' '${running}'; exit 0;; esac
echo "$*" >> '${log}'
case "$*" in *'${stopped}'*) kill -INT "$PPID"; exit 130;; *'${failing}'*) exit 1;; esac
`;
  await writeFile(join(folder, "kubectl"), script);
  await chmod(join(folder, "kubectl"), 0o755);
  const env = childEnvironment({ PATH: [folder, readEnv().PATH].join(delimiter) });
  const ended = await new Promise<{ code: number; err: string }>((done) => {
    execFile(join(import.meta.dirname, "deploy-kubernetes.sh"), [argument], { env }, (error, _out, err) => {
      done({ code: error ? Number(error.code) : 0, err });
    });
  });
  const lines = (await readFile(log, "utf8")).trim().split("\n").filter(Boolean);
  return { ...ended, told: lines.map((line) => line.replace("--namespace ecommerce ", "")) };
}

it("brings the image to one deployment after the other, the gateway last", async () => {
  const { code, told } = await deploy(image);
  expect(code).toBe(0);
  const names = ["products", "orders", "users", "content", "gateway"];
  expect(told).toEqual(
    names.flatMap((name) => [
      `set image deployment/${name} ${name}=${image}`,
      `rollout status deployment/${name} --timeout 10m`,
    ]),
  );
});

it("takes back all that it changed where one does not get ready, newest first", async () => {
  const { code, err, told } = await deploy(image, { failing: "rollout status deployment/users" });
  expect(code).toBe(1);
  expect(err).toContain("users did not become ready");
  const back = ["users", "orders", "products"].map((name) => `set image deployment/${name} ${name}=${old}`);
  expect(told.slice(-3)).toEqual(back);
  expect(told.join()).not.toContain("deployment/gateway");
});

it("leaves alone what it could not change, and what had the image already", async () => {
  const refused = await deploy(image, { failing: `set image deployment/orders orders=${image}` });
  expect([refused.code, refused.told.at(-1)]).toEqual([1, `set image deployment/products products=${old}`]);
  expect(refused.told.filter((line) => line.includes("orders"))).toHaveLength(1);
  const again = await deploy(image, { running: image, failing: "rollout status deployment/gateway" });
  expect(again.code).toBe(1);
  expect(again.err).toContain("taken back: nothing");
  expect(again.told.filter((line) => line.startsWith("set image"))).toEqual([]);
});

it("takes back what it changed where somebody presses ^C", async () => {
  const { code, err, told } = await deploy(image, { stopped: "rollout status deployment/orders" });
  expect([code, err]).toEqual([130, expect.stringContaining("taken back: orders products")]);
  expect(told.slice(-2)).toEqual(["orders", "products"].map((name) => `set image deployment/${name} ${name}=${old}`));
});

it("touches nothing where a deployment is missing", async () => {
  const { code, err, told } = await deploy(image, { running: "" });
  expect([code, told]).toEqual([1, []]);
  expect(err).toContain("there is no deployment products");
});

it.each(["", "registry.example/app:latest", `${image}; rm -rf /`])(
  "touches nothing for the image %j",
  async (wrong) => {
    const { code, err, told } = await deploy(wrong);
    expect(code).toBe(2);
    expect(err).toContain("nothing was touched");
    expect(told).toEqual([]);
  },
);
