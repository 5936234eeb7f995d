import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { Chromium, PHONE } from "./chromium.ts";
import { expectSpotless, host, join, type Player } from "./crew.ts";
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
  expect(house.troubles).toEqual([]);
});

/** While people act the match creeps, so that a slow machine has all the time it needs. */
const CREEP = 0.2;
const RUN = 8;

/** Ready, start, 3-2-1: until both see the map of the running match. */
async function begin(leader: Player, crew: readonly Player[]): Promise<void> {
  for (const { page } of crew) await page.getByRole("button", { name: "I am ready" }).click();
  await leader.page.getByRole("button", { name: /^Start everybody is ready/ }).click();
  for (const { page } of [leader, ...crew]) await page.getByRole("region", { name: "Map" }).locator("canvas").waitFor();
  house.clock.speed = CREEP;
}

/** Milliseconds of the match that a screen shows as gone by. */
async function clockOf({ page }: Player): Promise<number> {
  const [minutes, seconds] = (await page.locator(".match-clock strong").innerText()).split(":").map(Number);
  return (minutes! * 60 + seconds!) * 1_000;
}

/** Lets the match run until a screen shows this time. */
async function runTo(player: Player, untilMs: number): Promise<void> {
  await house.clock.pass(untilMs - (await clockOf(player)), RUN);
  await expect.poll(() => clockOf(player)).toBeGreaterThanOrEqual(untilMs);
}

describe("a shift of two", () => {
  test("is held through a partition and a refresh, from ready to the debrief and the next round", async () => {
    const ada = await host(browser, house, "Ada");
    const bo = await join(browser, house, ada.code, "Bo");
    await begin(ada, [bo]);

    // Ada holds the data: she turns the dial, and Bo, who may not, sees it turn.
    const dial = ada.page.getByRole("slider", { name: "Consistency dial" });
    const before = await dial.getAttribute("aria-valuenow");
    await dial.press("ArrowRight");
    await ada.page.getByRole("button", { name: /^Turn to / }).click();
    await expect.poll(() => dial.getAttribute("aria-valuenow")).not.toBe(before);
    const after = await dial.getAttribute("aria-valuenow");
    const bosDial = bo.page.getByRole("slider", { name: "Consistency dial" });
    await expect.poll(() => bosDial.getAttribute("aria-valuenow")).toBe(after);
    expect(await bosDial.getAttribute("aria-disabled")).toBe("true");

    // The cut: both are paged, and Bo's browser chooses this moment to reload.
    await runTo(ada, 12_000);
    for (const { page } of [ada, bo])
      await page.getByRole("region", { name: "Pager" }).locator(".severity-row-1").first().waitFor();
    await bo.page.reload();
    await bo.page.getByRole("region", { name: "Map" }).locator("canvas").waitFor();
    await bo.page.getByRole("region", { name: "On call" }).getByText("Bo (you) Traffic, Infra").waitFor();
    expect(await clockOf(bo)).toBeGreaterThanOrEqual(12_000);
    await bo.page.keyboard.press("1");
    await bo.page.getByRole("button", { name: /^Fence/ }).click();
    await ada.page
      .getByRole("region", { name: "On call" })
      .getByText(/fences/i)
      .waitFor();

    // The end: one verdict for both, with a ledger that sums, and back to the lobby of the same room.
    house.clock.speed = RUN;
    for (const { page } of [ada, bo])
      await page.getByRole("region", { name: "Where points were lost" }).waitFor({ timeout: 60_000 });
    const [hers, his] = await Promise.all([ada, bo].map(({ page }) => page.locator(".verdict-score").innerText()));
    expect(his).toBe(hers);
    const sum = await ada.page.getByRole("region", { name: "Where points were lost" }).locator("tfoot").innerText();
    expect(sum).toContain("= 1,000");
    await ada.page.getByRole("button", { name: "Next round" }).click();
    await bo.page.getByRole("heading", { level: 1, name: `Room ${ada.code}` }).waitFor({ state: "attached" });
    expectSpotless(ada, bo);
  });

  test("goes on for whoever loses the network, with a word on screen, and takes them back", async () => {
    const ada = await host(browser, house, "Ada");
    const bo = await join(browser, house, ada.code, "Bo", PHONE);
    await begin(ada, [bo]);
    house.clock.speed = 1;
    await bo.context.setOffline(true);
    await bo.page.getByText("Reconnecting… Your seat is held.").waitFor();
    await ada.page
      .getByRole("region", { name: "On call" })
      .getByText(/Bo .*bot|away/)
      .waitFor();
    await bo.context.setOffline(false);
    await bo.page.getByText("Reconnecting… Your seat is held.").waitFor({ state: "detached" });
    const seen = await clockOf(bo);
    await expect.poll(() => clockOf(bo)).toBeGreaterThan(seen);
    expect([...ada.strays, ...bo.strays]).toEqual([]);
  });
});
