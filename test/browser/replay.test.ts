import axe from "axe-core";
import type { Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { MatchFile } from "../../shared/wire/matchFile.ts";
import { matchFileBy } from "../cli/playedMatch.ts";
import { Chromium, DESKTOP, PHONE, type Screen, type Visitor } from "./chromium.ts";
import { host, join } from "./crew.ts";
import { keepMatch } from "./keptMatch.ts";
import { openPlayhouse, type Playhouse } from "./playhouse.ts";

/** Cut off at 00:08 for twenty seconds; Elm is promoted meanwhile, so that there are two primaries. */
const LEVEL = "test/levels/01-short-cut.yaml";
const ID = "short-cut-of-old";

let house: Playhouse;
let browser: Chromium;
let file: MatchFile;

beforeAll(async () => {
  house = await openPlayhouse({ levels: "test/levels", speed: 1 });
  browser = await Chromium.launch();
  file = await matchFileBy(LEVEL, { policy: "reference" });
  await keepMatch(house.storage, file, { id: ID, levelId: "01-short-cut" });
});

afterEach(async () => {
  house.clock.speed = 1;
  await browser.everybodyOut();
});

afterAll(async () => {
  await browser.close();
  await house.close();
  expect(house.troubles).toEqual([]);
});

/** Opens the kept match by its link, as somebody without a seat, once its film is whole. */
async function watch(query = "", screen: Screen = { ...DESKTOP, reducedMotion: true }): Promise<Visitor> {
  const visitor = await browser.visit(`${house.address}?plain&replay=${ID}${query}`, screen);
  await filmed(visitor.page);
  return visitor;
}

async function filmed(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Next wrong answer" }).waitFor();
  await page.locator(".replay .place").first().waitFor({ state: "attached" });
}

const clock = (page: Page): Promise<string> => page.locator(".moment-clock strong").innerText();

/** What a map says of a place, for a screen reader. */
function place(page: Page, account: "Truth" | "Monitoring", name: RegExp): Locator {
  return page.getByRole("region", { name: account, exact: true }).getByRole("button", { name });
}

describe("a match is watched again", () => {
  test("from the debrief: a fault is gone to, where truth differs from monitoring, and the way back is the debrief", async () => {
    house.clock.speed = 10;
    const { page, errors, strays } = await browser.visit(`${house.address}?plain`, { ...DESKTOP, reducedMotion: true });
    await page.getByRole("button", { name: "Play alone" }).click();
    await page.getByRole("button", { name: "Play alone" }).click();
    await page.getByRole("button", { name: "Replay", exact: true }).click({ timeout: 90_000 });
    await filmed(page);
    await page.getByRole("button", { name: /^To 00:08: partition A/ }).click();
    expect(await clock(page)).toBe("00:08");
    for (let second = 0; second < 8; second += 1) await page.keyboard.press("ArrowRight");
    expect(await clock(page)).toBe("00:16");
    await place(page, "Truth", /^Oak, up/).waitFor();
    await place(page, "Monitoring", /^Oak, unknown, last seen/).waitFor();
    await place(page, "Truth", /^Oak, up/).dispatchEvent("click");
    const truths = page.getByRole("region", { name: "Two truths" });
    await truths.getByRole("row", { name: /^Truth up now/ }).waitFor();
    await truths.getByRole("row", { name: /^Monitoring unknown/ }).waitFor();
    await page.getByRole("button", { name: "Debrief", exact: true }).click();
    await page.getByRole("region", { name: "Where points were lost" }).waitFor();
    await page.goForward();
    await page.getByRole("heading", { name: "Replay" }).waitFor();
    await page.goBack();
    await page.getByRole("region", { name: "Where points were lost" }).waitFor();
    expect([errors, strays]).toEqual([[], []]);
  });

  test("with the keyboard alone", async () => {
    const { page, errors } = await watch();
    const moment = page.getByRole("slider", { name: "Moment of the match" });
    const pressed = async (key: string): Promise<string> => {
      await page.keyboard.press(key);
      return (await moment.getAttribute("aria-valuetext"))!;
    };
    expect(await pressed("ArrowRight")).toBe("00:01 of 00:40");
    expect(await pressed("Shift+ArrowRight")).toBe("00:11 of 00:40");
    expect(await pressed("ArrowLeft")).toBe("00:10 of 00:40");
    expect(await pressed("End")).toBe("00:40 of 00:40");
    expect(await pressed("Home")).toBe("00:00 of 00:40");
    const wrongAt: number[] = [];
    for (let wrong = 0; wrong < 60; wrong += 1) {
      await page.keyboard.press("n");
      wrongAt.push(Number(await moment.getAttribute("aria-valuenow")));
    }
    expect(Math.max(...wrongAt)).toBeGreaterThan(0);
    await page.keyboard.press("]");
    expect(await page.getByRole("button", { name: "Speed 2×" }).getAttribute("aria-pressed")).toBe("true");
    await page.keyboard.press("[");
    await page.keyboard.press("[");
    expect(await page.getByRole("button", { name: "Speed ½×" }).getAttribute("aria-pressed")).toBe("true");
    await page.keyboard.press("Home");
    await page.keyboard.press("Space");
    await page.getByRole("button", { name: "Pause" }).waitFor();
    await expect.poll(() => moment.getAttribute("aria-valuenow")).not.toBe("0");
    await page.keyboard.press("Space");
    await page.getByRole("button", { name: "Play", exact: true }).waitFor();
    const stood = await clock(page);
    await page.keyboard.press(".");
    await page.keyboard.press(",");
    expect(await clock(page)).toBe(stood);
    expect(errors).toEqual([]);
  });

  test("by dragging the rail, and from event to event", async () => {
    const { page } = await watch();
    const rail = (await page.getByRole("slider", { name: "Moment of the match" }).boundingBox())!;
    const at = (share: number): [number, number] => [rail.x + rail.width * share, rail.y + rail.height / 2];
    await page.mouse.move(...at(0.1));
    await page.mouse.down();
    await page.mouse.move(...at(0.3));
    await page.mouse.move(...at(0.5));
    await page.mouse.up();
    expect(await clock(page)).toBe("00:20");
    await page.getByRole("button", { name: "To the start" }).click();
    const visited: string[] = [];
    for (let event = 0; event < 4; event += 1) {
      await page.getByRole("button", { name: "Next event" }).click();
      visited.push(await clock(page));
    }
    expect(visited).toEqual(visited.toSorted());
    expect(visited).toContain("00:08");
    await page.getByRole("button", { name: "Event before" }).click();
    expect(await clock(page)).toBe(visited[2]);
  });

  test("on a phone: one map with a switch, nothing runs off the side, and thumbs find what they press", async () => {
    const { page, errors } = await watch("&at=16", { ...PHONE, reducedMotion: true });
    await place(page, "Truth", /^Oak, up/).waitFor();
    expect(await page.locator("canvas").count()).toBe(1);
    await page.getByRole("button", { name: "Monitoring", exact: true }).click();
    await place(page, "Monitoring", /^Oak, unknown/).waitFor();
    expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBe(0);
    for (const button of await page
      .locator(".replay .transport-buttons button, .speeds button, .account-switch button")
      .all()) {
      const box = (await button.boundingBox())!;
      expect(box.height).toBeGreaterThanOrEqual(52);
      expect(box.width).toBeGreaterThanOrEqual(40);
    }
    expect(errors).toEqual([]);
  });
});

describe("a link to a moment", () => {
  test("opens it for somebody without a seat, and the start is one step away", async () => {
    const first = await watch();
    await first.context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await first.page.keyboard.press("Shift+ArrowRight");
    await first.page.getByRole("button", { name: "Share" }).click();
    await first.page.getByText("The link is copied").waitFor();
    const link = await first.page.evaluate<string>("navigator.clipboard.readText()");
    expect(link).toBe(`${house.address}?replay=${ID}&at=10`);
    await first.close();
    const second = await browser.visit(`${link}&plain`);
    await filmed(second.page);
    expect(await clock(second.page)).toBe("00:10");
    await second.page.getByRole("button", { name: "Home", exact: true }).click();
    await second.page.getByRole("button", { name: "Host", exact: true }).waitFor();
    expect(new URL(second.page.url()).searchParams.has("replay")).toBe(false);
  });

  test("to no match says so and leads home", async () => {
    const { page } = await browser.visit(`${house.address}?replay=nobody`);
    await page.getByRole("alert").filter({ hasText: "There is no finished match with this id." }).waitFor();
    await page.getByRole("button", { name: "Home", exact: true }).click();
    await page.getByRole("button", { name: "Host", exact: true }).waitFor();
    expect(new URL(page.url()).search).toBe("");
  });
});

describe("a match file", () => {
  const asFile = (text: string): { name: string; mimeType: string; buffer: Buffer } => ({
    name: "match.json",
    mimeType: "application/json",
    buffer: Buffer.from(text),
  });

  test("is opened from the first screen, and one that is none gets a sentence and another try", async () => {
    const { page } = await browser.visit(`${house.address}?plain`);
    await page.getByLabel("Open a match file").setInputFiles(asFile("no match"));
    await page.getByRole("alert").filter({ hasText: "match.json is no match file" }).waitFor();
    await page.getByLabel("Open a match file").setInputFiles(asFile(JSON.stringify(file)));
    await filmed(page);
    expect(await page.getByRole("button", { name: "Share" }).count()).toBe(0);
    await page.goBack();
    await page.goBack();
    await page.getByRole("button", { name: "Host", exact: true }).waitFor();
  });

  test("is dropped on the page; one that was tampered with says where it parts", async () => {
    const { page } = await browser.visit(house.address);
    await page.getByRole("button", { name: "Host", exact: true }).waitFor();
    const tampered = JSON.stringify({ ...file, log: file.log.slice(1) });
    await page.evaluate(`{
      const carried = new DataTransfer();
      carried.items.add(new File([${JSON.stringify(tampered)}], "match.json"));
      window.dispatchEvent(new DragEvent("drop", { dataTransfer: carried, cancelable: true }));
    }`);
    await page.getByRole("alert").filter({ hasText: "This is not the match that was played." }).waitFor();
    expect(await page.getByRole("alert").innerText()).toMatch(/tick \d+/);
  });
});

describe("a replay over a room", () => {
  test("says so when the crew goes on without its watcher, who is back in one step", async () => {
    house.clock.speed = 10;
    const ada = await host(browser, house, "Ada", { ...DESKTOP, reducedMotion: true });
    const bo = await join(browser, house, ada.code, "Bo", { ...DESKTOP, reducedMotion: true });
    await bo.page.getByRole("button", { name: "I am ready" }).click();
    await ada.page.getByRole("button", { name: /^Start everybody is ready/ }).click();
    await bo.page.getByRole("button", { name: "Replay", exact: true }).click({ timeout: 90_000 });
    await filmed(bo.page);
    await ada.page.getByRole("button", { name: "Next round" }).click();
    await bo.page.getByText("Your crew is back in the lobby.").waitFor();
    await bo.page.getByRole("button", { name: "Back to the room" }).click();
    const room = bo.page.getByRole("heading", { level: 1, name: `Room ${ada.code}` });
    await room.waitFor({ state: "attached" });
    expect(await bo.page.locator(".replay").count()).toBe(0);
  });
});

const EYES: readonly (readonly [string, Screen])[] = [
  ["a desktop at night", { ...DESKTOP, reducedMotion: true }],
  ["a desktop by day", { ...DESKTOP, reducedMotion: true, colorScheme: "light" }],
  ["a phone", { ...PHONE, reducedMotion: true }],
];

describe.each(EYES)("on %s", (_, screen) => {
  test("axe finds nothing serious", async () => {
    const { page } = await watch(`&at=16&theme=${screen.colorScheme === "light" ? "day" : "night"}`, screen);
    await place(page, "Truth", /^Oak, up/).dispatchEvent("click");
    await page.getByRole("region", { name: "Two truths" }).getByRole("table").waitFor();
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate<axe.AxeResults>("axe.run(document, { resultTypes: ['violations'] })");
    const serious = violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`));
    expect(serious).toEqual([]);
  });
});
