import axe from "axe-core";
import type { Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { LoggedIntent } from "../../shared/match/intent.ts";
import { WhatIf } from "../../shared/match/whatIf.ts";
import { readLevel } from "../match/level.ts";
import { Chromium, DESKTOP, PHONE, type Screen, type Visitor } from "./chromium.ts";
import { expectSpotless } from "./crew.ts";
import { openPlayhouse, type Playhouse } from "./playhouse.ts";
import { storeMatch } from "./storedMatch.ts";
import { cutTick, twoLampsShift } from "./twoLampsShift.ts";

const SHIFT = twoLampsShift();
/** A match of five minutes is played a few times in each test, by the page and by the test itself. */
const PATIENCE = { timeout: 300_000 };
const CALM: Screen = { ...DESKTOP, reducedMotion: true };

let house: Playhouse;
let browser: Chromium;

beforeAll(async () => {
  house = await openPlayhouse({ levels: "levels", speed: 1 });
  browser = await Chromium.launch();
  await storeMatch(house.storage, SHIFT, "shift");
  await storeMatch(house.storage, { ...SHIFT, log: [] }, "idle");
});

afterEach(() => browser.everybodyOut());

afterAll(async () => {
  await browser.close();
  await house.close();
});

async function open(match: string, screen: Screen = CALM): Promise<Visitor> {
  const visitor = await browser.visit(`${house.address}?replay=${match}&whatif`, screen);
  await visitor.page.getByRole("heading", { name: "Availability × correctness" }).waitFor();
  return visitor;
}

/** What a log comes to, played here. */
function scoreOf(log: readonly LoggedIntent[]): string {
  const level = readLevel(SHIFT.level);
  const { score } = new WhatIf({ ...SHIFT, level, ticks: level.lasts / 50, log }).outcome().debrief;
  return String(Math.round(score));
}

/** The log with another tick for one of its intents. */
function withTick(place: number, tick: number): LoggedIntent[] {
  return SHIFT.log.map((logged, at) => (at === place ? { ...logged, tick } : logged));
}

const title = (page: Page): Locator => page.getByRole("heading", { level: 1 });
const intent = (page: Page, name: RegExp): Locator => page.getByRole("button", { name }).and(page.locator(".intent"));
/** "780" of the one ledger, or of the other. */
const score = (page: Page, side: "As played" | "What if"): Promise<string> =>
  page.getByRole("region", { name: `${side}: where points were lost` }).locator("header strong").innerText();

/** Waits until the newest change was played. */
async function played(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Watch it" }).and(page.locator(":enabled")).waitFor();
}

describe("what if", PATIENCE, () => {
  test("an intent that is dragged to another moment is played there, and both scores and ledgers stand beside each other", async () => {
    const visitor = await open("shift");
    const { page } = visitor;
    expect(await score(page, "As played")).toBe(scoreOf(SHIFT.log));
    const axis = (await page.locator(".axis").boundingBox())!;
    const box = (await intent(page, /^Sol fences Oak/).boundingBox())!;
    const [x, y] = [box.x + 18, box.y + box.height / 2];
    // 23 s of the 5 minutes.
    const byPx = (axis.width * 23) / 300;
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x - byPx / 2, y, { steps: 4 });
    await page.mouse.move(x - byPx, y, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => title(page).innerText()).toMatch(/What if Sol had fenced Oak 2[23](\.\d+)? s earlier\?/);
    await played(page);
    // The very tick depends on the pixels of the axis; from there on everything is exact.
    await intent(page, /^Sol fences Oak/).click();
    await page.getByRole("region", { name: "The chosen intent" }).getByLabel("at").fill(String((cutTick() + 100) / 20));
    await page.keyboard.press("Enter");
    await expect.poll(() => title(page).innerText()).toContain("20 s earlier");
    await played(page);
    const then = scoreOf(withTick(2, cutTick() + 100));
    await expect.poll(() => score(page, "What if")).toBe(then);
    expect(await score(page, "As played")).toBe(scoreOf(SHIFT.log));
    expect(Number(then)).not.toBe(Number(scoreOf(SHIFT.log)));
    await page.getByRole("status", { name: "What the change did" }).getByText(/Most was gained on “.+”: [\d.,]+ points, not/).waitFor();
    for (let undone = 0; undone < 2; undone++) await page.getByRole("button", { name: "Undo" }).click();
    await expect.poll(() => title(page).innerText()).toBe("What if one thing had been different?");
    await page.getByRole("button", { name: "Redo" }).click();
    await expect.poll(() => title(page).innerText()).toContain("earlier?");
    expectSpotless(visitor);
  });

  test("an intent that is removed never was; put back, it is as before", async () => {
    const visitor = await open("shift");
    const { page } = visitor;
    await intent(page, /promotes Elm/).click();
    await page.getByRole("button", { name: "Remove", exact: true }).click();
    await expect.poll(() => title(page).innerText()).toBe("What if nobody had promoted Elm in ledger?");
    await played(page);
    await expect.poll(() => score(page, "What if")).toBe(scoreOf(SHIFT.log.slice(1)));
    await page.getByRole("button", { name: "Put back" }).click();
    await expect.poll(() => title(page).innerText()).toBe("What if one thing had been different?");
    expectSpotless(visitor);
  });

  test("an intent can be added to a match in which nobody did anything", async () => {
    const visitor = await open("idle");
    const { page } = visitor;
    await page.getByRole("heading", { name: "Nobody did anything: add an intent" }).waitFor();
    const adding = page.getByLabel("at", { exact: true });
    await adding.fill("once upon a time");
    await page.keyboard.press("Enter");
    await page.getByText("A time before 05:00, such as 1:24.").waitFor();
    await adding.fill("1:30.5");
    await page.getByRole("button", { name: "Add an intent…" }).click();
    const dialog = page.getByRole("dialog", { name: "What could be done at 01:30.50" });
    await dialog.getByRole("button", { name: /promotes/ }).first().waitFor();
    await page.keyboard.type("sol fences oak");
    await dialog.getByRole("button", { name: "Sol fences Oak" }).click();
    await expect.poll(() => title(page).innerText()).toBe("What if Sol had also fenced Oak at 01:30.50?");
    await played(page);
    const added: LoggedIntent = { tick: 1_810, operator: SHIFT.log[2]!.operator, intent: SHIFT.log[2]!.intent };
    await expect.poll(() => score(page, "What if")).toBe(scoreOf([added]));
    expectSpotless(visitor);
  });

  test("an intent that would have been refused is crossed out with the reason; another can be done instead", async () => {
    const visitor = await open("shift");
    const { page } = visitor;
    await page.getByLabel("at", { exact: true }).fill("10");
    await page.getByRole("button", { name: "Add an intent…" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Sol fences Elm" }).click();
    await played(page);
    const refused = intent(page, /promotes Elm in ledger.*refused: Elm is fenced: it can't lead\.$/);
    await refused.click();
    await page.getByText("Refused this time: Elm is fenced: it can't lead.").waitFor();
    await page.getByRole("button", { name: "Something else…" }).click();
    await page.getByRole("dialog").getByRole("button", { name: /promotes Moss in ledger/ }).click();
    await expect.poll(() => title(page).innerText()).toBe("What if Dov had promoted Moss in ledger instead and 1 more change?");
    await played(page);
    await expect.poll(() => page.locator(".intent.refused").count()).toBe(0);
    expectSpotless(visitor);
  });

  test("an attempt can be kept, taken up again, and watched as a replay that is the same to the bit", async () => {
    const visitor = await open("shift");
    const { page } = visitor;
    await intent(page, /^Sol fences Oak/).focus();
    for (let press = 0; press < 10; press++) await page.keyboard.press("ArrowLeft");
    for (let press = 0; press < 2; press++) await page.keyboard.press("Shift+ArrowRight");
    await played(page);
    const question = "What if Sol had fenced Oak 9.9 s earlier?";
    expect(await title(page).innerText()).toBe(question);
    const reached = await score(page, "What if");
    expect(reached).toBe(scoreOf(withTick(2, SHIFT.log[2]!.tick - 198)));
    await page.getByRole("button", { name: "Keep" }).click();
    await page.getByRole("button", { name: "Try another" }).click();
    await expect.poll(() => title(page).innerText()).toBe("What if one thing had been different?");
    const kept = page.getByRole("region", { name: "Kept" }).getByRole("listitem");
    await expect.poll(() => kept.innerText()).toContain(reached);
    await kept.getByRole("button", { name: question, exact: true }).click();
    await played(page);
    await page.getByRole("button", { name: "Watch it" }).click();
    await page.getByRole("heading", { name: "Replay" }).waitFor();
    await expect.poll(() => page.locator(".replay-score strong").innerText()).toBe(reached);
    // Once the film is whole, both shares are known; a divergence would be told by then.
    await page.locator(".replay-header .replay-shares").waitFor();
    expect(await page.getByRole("alert").filter({ hasText: "not the match" }).count()).toBe(0);
    expectSpotless(visitor);
  });

  test("has nothing that axe calls serious, by night, by day and on a phone, and is done by the keyboard alone", async () => {
    for (const screen of [CALM, { ...CALM, colorScheme: "light" as const }, { ...PHONE, reducedMotion: true }]) {
      const { page } = await open("shift", screen);
      await intent(page, /^Sol fences Oak/).focus();
      await page.keyboard.press("ArrowLeft");
      await page.keyboard.press("Enter");
      await played(page);
      await page.evaluate(axe.source);
      const { violations } = await page.evaluate<axe.AxeResults>("axe.run(document, { resultTypes: ['violations'] })");
      const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
      expect.soft(serious.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`))).toEqual([]);
      await page.getByRole("region", { name: "The chosen intent" }).waitFor();
      await intent(page, /^Sol fences Oak/).focus();
      await page.keyboard.press("Delete");
      await expect.poll(() => title(page).innerText()).toBe("What if nobody had fenced Oak?");
      await page.keyboard.press("Control+z");
      await expect.poll(() => title(page).innerText()).toBe("What if Sol had fenced Oak 1 s earlier?");
    }
  });

  test("on a phone nothing runs off the side, a thumb finds what it presses, and drags it", async () => {
    const visitor = await open("shift", { ...PHONE, reducedMotion: true });
    const { page, context } = visitor;
    const overflow = "document.documentElement.scrollWidth - innerWidth";
    expect(await page.evaluate(overflow)).toBe(0);
    for (const button of await page.getByRole("button").all()) {
      const box = (await button.boundingBox())!;
      expect(Math.min(box.width, box.height), await button.innerText()).toBeGreaterThanOrEqual(52);
    }
    const promote = intent(page, /promotes Elm/);
    await promote.scrollIntoViewIfNeeded();
    const box = (await promote.boundingBox())!;
    const [x, y] = [box.x + 26, box.y + 26];
    const touch = await context.newCDPSession(page);
    const send = (type: "touchStart" | "touchMove" | "touchEnd", byPx: number): Promise<unknown> =>
      touch.send("Input.dispatchTouchEvent", { type, touchPoints: type === "touchEnd" ? [] : [{ x: x + byPx, y }] });
    await send("touchStart", 0);
    for (let byPx = 10; byPx <= 60; byPx += 10) await send("touchMove", byPx);
    await send("touchEnd", 60);
    await expect.poll(() => title(page).innerText()).toMatch(/What if Dov had promoted Elm in ledger [\d.]+ s later\?/);
    await played(page);
    expect(await page.evaluate(overflow)).toBe(0);
    expectSpotless(visitor);
  });
});

describe("from the debrief", PATIENCE, () => {
  test("what if opens over the room, and the way back leads to the debrief again", async () => {
    const visitor = await browser.visit(house.address, CALM);
    const { page } = visitor;
    await page.getByRole("button", { name: "Play alone" }).click();
    await page.getByRole("heading", { name: "Sea chart" }).waitFor();
    await page.getByRole("button", { name: "Play alone" }).click();
    await page.getByRole("region", { name: "Map" }).locator("canvas").waitFor();
    house.clock.speed = 12;
    await page.getByRole("button", { name: "What if…" }).click({ timeout: 200_000 });
    house.clock.speed = 1;
    await page.getByRole("heading", { name: "Nobody did anything: add an intent" }).waitFor();
    await page.getByRole("button", { name: "Debrief" }).click();
    await page.getByRole("region", { name: "Where points were lost" }).waitFor();
    expectSpotless(visitor);
  });
});
