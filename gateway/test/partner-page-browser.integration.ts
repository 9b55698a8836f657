// The page of a partner in a real browser that can reach nothing but this machine: type a key, read the page.
import process from "node:process";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { defaultLimits } from "../src/limits/limit-rules.ts";
import { findChromium } from "./find-chromium.ts";
import { type PartnerPageStage, startPartnerPageStage } from "./partner-page-stage.ts";
import { limits } from "./rate-limit-stage.ts";

const executablePath = findChromium();
if (!executablePath) process.stdout.write("skipped: chromium\n");

describe.skipIf(!executablePath)("the page of a partner in a browser", { timeout: 60_000 }, () => {
  let browser: Browser;
  let stage: PartnerPageStage;
  beforeAll(async () => {
    stage = await startPartnerPageStage({ limits: defaultLimits, rateLimit: limits() });
    const args = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--disable-gpu", "--no-first-run"];
    browser = await chromium.launch({ executablePath: executablePath ?? "", args, chromiumSandbox: false });
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await stage.stop();
  });

  /** @returns complaints too: what the content policy forbids is among them */
  async function openTab(options: { width?: number; colorScheme?: "light" | "dark"; origin?: string } = {}) {
    const { width = 1_200, colorScheme = "light" } = options;
    const tab = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
    const problems: string[] = [];
    tab.on("console", (message) => problems.push(message.text()));
    tab.on("pageerror", (error) => problems.push(error.message));
    tab.on("dialog", (dialog) => problems.push(dialog.message()));
    tab.on("requestfailed", (request) => problems.push(request.url()));
    await tab.goto(options.origin ?? stage.url);
    return { tab, problems };
  }
  const send = async (tab: Page, key: string) => {
    await tab.getByLabel("API key").fill(key);
    await tab.getByRole("button", { name: "Show" }).click();
    await tab.waitForLoadState();
  };
  const backgroundOf = (tab: Page) => tab.evaluate("getComputedStyle(document.body).backgroundColor");

  it.each([
    [360, "light", "rgb(255, 255, 255)"],
    [1_200, "dark", "rgb(13, 17, 23)"],
  ] as const)("is got by typing a key, %i pixels wide and %s", async (width, colorScheme, background) => {
    const { tab, problems } = await openTab({ width, colorScheme });
    expect(await tab.evaluate("document.activeElement.id")).toBe("key");
    await send(tab, stage.keyOfA);
    expect(await tab.getByRole("heading", { level: 1 }).innerText()).toBe("Bolt Robots");
    expect(await tab.getByRole("heading", { level: 3, name: "BooksOfA" }).count()).toBe(1);
    expect(tab.url()).toBe(stage.url);
    // The style was let in, and nothing is wider than the window.
    expect(await backgroundOf(tab)).toBe(background);
    expect(await tab.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
    await tab.getByRole("navigation").getByRole("link", { name: "AddBook" }).click();
    expect(await tab.evaluate("document.querySelector(':target').getBoundingClientRect().top")).toBeLessThan(200);
    await tab.locator(":target").getByText("What it asks for").click();
    expect(await tab.getByText("addBook(title: $title)").isVisible()).toBe(true);
    expect(problems).toEqual([]);
    await tab.close();
  });

  it("runs nothing that stands in names and texts", async () => {
    const { tab, problems } = await openTab();
    await send(tab, stage.keyOfB);
    expect(await tab.getByRole("heading", { level: 1 }).innerText()).toContain("<img src=x onerror=");
    expect(await tab.locator("img, script").count()).toBe(0);
    expect(problems).toEqual([]);
    await tab.close();
  });

  it("asks again after a wrong key, which stands nowhere", async () => {
    const { tab, problems } = await openTab();
    const wrong = `tgk_0a1b2c3d_${"x".repeat(43)}`;
    await send(tab, wrong);
    expect(await tab.getByRole("alert").innerText()).toContain("does not count here");
    expect(await tab.content()).not.toContain(wrong);
    expect(tab.url()).toBe(stage.url);
    await send(tab, stage.keyOfA);
    expect(await tab.getByRole("heading", { level: 1 }).innerText()).toBe("Bolt Robots");
    // Chromium notes the status of the first answer, and nothing else.
    expect(problems.filter((problem) => !problem.includes("401"))).toEqual([]);
    await tab.close();
  });

  it("takes the form at a name without TLS, where a browser says by origin where it comes from", async () => {
    // Not a loopback address to the browser: it sends no `Sec-Fetch-Site` there.
    const own = await chromium.launch({
      ...{ executablePath: executablePath ?? "", chromiumSandbox: false },
      args: ["--host-resolver-rules=MAP shop.example 127.0.0.1", "--disable-gpu", "--no-first-run"],
    });
    try {
      const tab = await own.newPage();
      await tab.goto(stage.url.replace("127.0.0.1", "shop.example"));
      const sent = tab.waitForRequest((request) => request.method() === "POST");
      await send(tab, stage.keyOfA);
      const headers = await (await sent).allHeaders();
      expect([headers["sec-fetch-site"], headers.origin]).toEqual([undefined, new URL(tab.url()).origin]);
      expect(await tab.getByRole("heading", { level: 1 }).innerText()).toBe("Bolt Robots");
      expect(await tab.getByText(`curl 'http://shop.example`).count()).toBe(2);
    } finally {
      await own.close();
    }
  });

  it("does not take the form of another site", async () => {
    const { tab } = await openTab();
    const form = `<form method="post" action="${stage.url}"><input name="key" value="${stage.keyOfA}"></form>`;
    await tab.goto("about:blank");
    await tab.setContent(form);
    await tab.evaluate("document.forms[0].submit()");
    await tab.waitForURL(stage.url);
    expect(await tab.getByRole("alert").innerText()).toContain("Another site has sent this form");
    await tab.close();
  });

  it("prints whole: nothing is cut off or left to be opened", async () => {
    const { tab } = await openTab();
    await send(tab, stage.keyOfA);
    await tab.emulateMedia({ media: "print" });
    expect(await tab.getByRole("navigation").isVisible()).toBe(false);
    const cut = "[...document.querySelectorAll('pre')].filter((one) => one.scrollHeight > one.clientHeight + 1).length";
    expect(await tab.evaluate(cut)).toBe(0);
    expect(await tab.getByText("addBook(title: $title)").isVisible()).toBe(true);
    await tab.close();
  });
});
