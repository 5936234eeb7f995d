import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Chromium } from "./chromium.ts";
import { countToJoin } from "./measure/loading.ts";
import { openPlayhouse, type Playhouse } from "./playhouse.ts";

let house: Playhouse;
let browser: Chromium;

beforeAll(async () => {
  house = await openPlayhouse({ levels: "test/levels", speed: 1 });
  browser = await Chromium.launch();
});

afterAll(async () => {
  await browser.close();
  await house.close();
});

describe("what a phone must fetch", () => {
  test("one sits in the lobby without the map, for at most 90 kB of code", async () => {
    const { codeToJoin } = await countToJoin(browser, house.address);
    expect(codeToJoin).toBeGreaterThan(10_000);
    expect(codeToJoin).toBeLessThanOrEqual(90_000);
  });

  test("the game itself comes only with a replay, however long one sits on the first screen", async () => {
    const visitor = await browser.visit("about:blank");
    const paths: string[] = [];
    visitor.page.on("request", (request) => paths.push(new URL(request.url()).pathname));
    await visitor.page.goto(house.address, { waitUntil: "networkidle" });
    expect(paths.length).toBeGreaterThan(3);
    expect(paths.filter((path) => path.includes("/worker-"))).toEqual([]);
    await visitor.close();
  });
});
