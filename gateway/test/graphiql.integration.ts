// The page in a real browser that can reach nothing but this machine: type a query, run it, see the answer.
import process from "node:process";
import { chromium } from "playwright-core";
import { expect, it } from "vitest";
import { findChromium } from "./find-chromium.ts";
import { startTestGateway } from "./start-gateway.ts";

const executablePath = findChromium();
if (!executablePath) process.stdout.write("skipped: chromium\n");

it.skipIf(!executablePath)("answers a typed query without Internet", { timeout: 60_000 }, async () => {
  const test = await startTestGateway({ pages: ["graphiql"], introspection: true });
  const browser = await chromium.launch({
    executablePath: executablePath ?? "",
    args: [
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
    chromiumSandbox: false,
  });
  try {
    const page = await browser.newPage();
    const problems: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error") problems.push(message.text());
    });
    page.on("request", (request) => {
      if (!/^(blob|data):/.test(request.url()) && !request.url().startsWith("http://127.0.0.1:")) {
        problems.push(`asked for ${request.url()}`);
      }
    });
    await page.goto(test.url.replace("/graphql", "/graphiql"));
    const editor = page.locator(".graphiql-query-editor .monaco-editor").first();
    await editor.click();
    await page.keyboard.press("Control+A");
    await page.keyboard.insertText("query Typed { books { title stars } }");
    // GraphiQL learns of a new operation's name a moment after the last key.
    await page.waitForURL(/Typed/);
    await page.waitForTimeout(500);
    await page.keyboard.press("Control+Enter");
    const answer = page.locator(".result-window");
    await expect.poll(() => answer.innerText(), { timeout: 20_000 }).toMatch(/Book\s3/);
    await page.getByRole("button", { name: "Headers" }).first().click();
    expect(await page.locator(".graphiql-editor-tool .monaco-editor").count()).toBeGreaterThan(0);
    expect(problems).toEqual([]);
  } finally {
    await browser.close();
    await test.stop();
  }
});
