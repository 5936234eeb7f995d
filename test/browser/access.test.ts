import axe from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { Chromium, DESKTOP, PHONE, type Screen } from "./chromium.ts";
import { host } from "./crew.ts";
import { openPlayhouse, type Playhouse } from "./playhouse.ts";

let house: Playhouse;
let browser: Chromium;

beforeAll(async () => {
  house = await openPlayhouse({ levels: "test/levels", speed: 1 });
  browser = await Chromium.launch();
});

afterEach(async () => {
  house.clock.speed = 1;
  await browser.everybodyOut();
});

afterAll(async () => {
  await browser.close();
  await house.close();
});

/** What axe-core finds serious or critical, as "rule: element". */
async function seriousTroubles(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<axe.AxeResults>("axe.run(document, { resultTypes: ['violations'] })");
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`));
}

/** From the first screen to a running match alone. */
async function playAlone(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Play alone" }).click();
  await page.getByRole("heading", { name: "Sea chart" }).waitFor();
  await page.getByRole("button", { name: "Play alone" }).click();
  await page.getByRole("region", { name: "Map" }).locator("canvas").waitFor();
}

const EYES: readonly (readonly [string, Screen])[] = [
  ["a desktop at night", { ...DESKTOP, reducedMotion: true }],
  ["a desktop by day", { ...DESKTOP, reducedMotion: true, colorScheme: "light" }],
  ["a phone", { ...PHONE, reducedMotion: true }],
];

describe.each(EYES)("on %s", (_, screen) => {
  test("no screen has anything that axe calls serious", async () => {
    const theme = screen.colorScheme === "light" ? "day" : "night";
    const { page } = await browser.visit(`${house.address}?theme=${theme}`, screen);
    expect.soft(await seriousTroubles(page), "home").toEqual([]);
    await page.getByRole("button", { name: "Play alone" }).click();
    await page.getByRole("heading", { name: "Sea chart" }).waitFor();
    expect.soft(await seriousTroubles(page), "sea chart").toEqual([]);
    await page.getByRole("button", { name: "Play alone" }).click();
    await page.getByRole("region", { name: "Map" }).locator("canvas").waitFor();
    expect.soft(await seriousTroubles(page), "match").toEqual([]);
    house.clock.speed = 10;
    await page.getByRole("region", { name: "Where points were lost" }).waitFor({ timeout: 60_000 });
    expect.soft(await seriousTroubles(page), "debrief").toEqual([]);
    const lobby = await host(browser, house, "Ada", screen);
    expect.soft(await seriousTroubles(lobby.page), "lobby").toEqual([]);
  });
});

/** Presses Tab until the thing of this name has the focus. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  const focused =
    "(document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '').trim()";
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press("Tab");
    if (name.test(await page.evaluate<string>(focused))) return;
  }
  throw new Error(`No ${name} within sixty presses of Tab.`);
}

describe("with the keyboard alone", () => {
  test("one gets from the first screen into a match, looks at a node, turns the dial and pauses", async () => {
    const { page } = await browser.visit(house.address, { ...DESKTOP, reducedMotion: true });
    await tabTo(page, /^Play alone$/);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Sea chart" }).waitFor();
    await tabTo(page, /^Play alone$/);
    await page.keyboard.press("Enter");
    await page.getByRole("region", { name: "Map" }).locator("canvas").waitFor();
    await page.keyboard.press("2");
    await page.getByRole("complementary", { name: "Inspector" }).getByRole("heading", { name: "Elm" }).waitFor();
    await page.keyboard.press("Escape");
    await tabTo(page, /^Consistency dial$/);
    const dial = page.getByRole("slider", { name: "Consistency dial" });
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => dial.getAttribute("aria-valuetext")).toContain("press Enter to turn");
    await page.keyboard.press("Enter");
    await expect.poll(() => dial.getAttribute("aria-valuenow")).toBe("2");
    await expect.poll(() => dial.getAttribute("aria-valuetext")).not.toContain("press Enter");
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keys" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog", { name: "Keys" }).waitFor({ state: "detached" });
  });
});

describe("on a phone", () => {
  test("nothing runs off the side, and what thumbs press is large enough", async () => {
    const { page } = await browser.visit(house.address, { ...PHONE, reducedMotion: true });
    const overflow = "document.documentElement.scrollWidth - innerWidth";
    expect(await page.evaluate(overflow)).toBe(0);
    await playAlone(page);
    expect(await page.evaluate(overflow)).toBe(0);
    const tabs = page.getByRole("navigation", { name: "Parts of the match" }).getByRole("button");
    for (const tab of await tabs.all()) {
      const box = await tab.boundingBox();
      expect(box!.width).toBeGreaterThanOrEqual(52);
      expect(box!.height).toBeGreaterThanOrEqual(52);
      await tab.click();
      expect(await page.evaluate(overflow)).toBe(0);
    }
  });
});
