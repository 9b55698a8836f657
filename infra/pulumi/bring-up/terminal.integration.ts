// ^C in a real terminal, which `script` of util-linux makes: without one readline does not read keys.
import { spawn, spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";

const hasScript = spawnSync("script", ["--version"], { encoding: "utf8" }).stdout?.includes("util-linux") ?? false;
if (!hasScript) process.stdout.write("skipped: `script` of util-linux is not here (Debian package bsdutils)\n");

it.skipIf(!hasScript)("tells the CLI of ^C, which nobody but readline has heard", { timeout: 60_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), "tradegraph-terminal-"));
  const program = join(folder, "program.ts");
  await writeFile(
    program,
    `import { person } from ${JSON.stringify(join(import.meta.dirname, "terminal.ts"))};
     const human = person(true);
     let told = 0;
     human.signal.addEventListener("abort", () => (told += 1));
     human.say("ready");
     setInterval(() => {
       if (!human.isStopped()) return;
       human.say(\`told \${told} times\`);
       process.exit();
     }, 20);`,
  );
  const terminal = spawn("script", ["-qec", `'${process.execPath}' '${program}'`, "/dev/null"]);
  let output = "";
  terminal.stdout.on("data", (text: Buffer) => {
    output += text.toString();
    if (output.includes("ready") && !output.includes("Stopping")) terminal.stdin.write("\x03");
  });
  await new Promise((done) => terminal.once("close", done));
  await rm(folder, { recursive: true });
  expect(output).toContain("told 1 times");
});
