// scripts/deploy-kubernetes.sh with a kubectl that writes down what it is told.
import { execFile } from "node:child_process";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { childEnvironment, readEnv } from "./delivery-tools/env.ts";

const image = `registry.example/shop/app@sha256:${"a".repeat(64)}`;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tradegraph-kubectl-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** @param failing text of a command that fails */
async function deploy(argument: string, failing = "nothing fails") {
  const log = join(folder, "log");
  await writeFile(log, "");
  const script = `#!/bin/sh\necho "$*" >> '${log}'\ncase "$*" in *'${failing}'*) exit 1;; esac\n`;
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
  const { code, err, told } = await deploy(image, "rollout status deployment/users");
  expect(code).toBe(1);
  expect(err).toContain("users did not become ready");
  expect(told.slice(-3)).toEqual(["users", "orders", "products"].map((name) => `rollout undo deployment/${name}`));
  expect(told.join()).not.toContain("deployment/gateway");
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
