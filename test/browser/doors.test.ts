import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { Chromium, PHONE } from "./chromium.ts";
import { codeOnScreen, crewLine, expectSpotless, host, join } from "./crew.ts";
import { openPlayhouse, type Playhouse } from "./playhouse.ts";

let house: Playhouse;
let browser: Chromium;

beforeAll(async () => {
  house = await openPlayhouse({ levels: "test/levels", speed: 1 });
  browser = await Chromium.launch();
});

afterEach(() => browser.everybodyOut());

afterAll(async () => {
  await browser.close();
  await house.close();
  expect(house.troubles).toEqual([]);
});

describe("ways into a room", () => {
  test("two people sit in one room by its code and see each other, whatever case and dash they type", async () => {
    const ada = await host(browser, house, "Ada");
    const bo = await join(browser, house, ada.code, "Bo", PHONE);
    expect(bo.code).toBe(ada.code);
    await ada.page.getByText("2 of 4 seats").waitFor();
    expect(await crewLine(ada, "Bo")).toContain("Traffic + Infra");
    expect(await crewLine(bo, "Ada")).toContain("Lead + Data · host");
    expectSpotless(ada, bo);
  });

  test("a wrong code gives one sentence beside the field, and the field stays as typed", async () => {
    const visitor = await browser.visit(house.address);
    const field = visitor.page.getByLabel("Code", { exact: true });
    await field.fill("KELP-000");
    await visitor.page.getByRole("button", { name: "Join", exact: true }).click();
    await visitor.page.getByRole("alert").filter({ hasText: "There is no room KELP-000" }).waitFor();
    expect(await field.inputValue()).toBe("KELP-000");
    await field.fill("hello");
    await visitor.page.getByRole("button", { name: "Join", exact: true }).click();
    await visitor.page.getByRole("alert").filter({ hasText: "four letters and three digits" }).waitFor();
    expect(visitor.strays).toEqual([]);
  });

  test("an invitation fills in the code and waits for a name", async () => {
    const ada = await host(browser, house, "Ada");
    const bo = await browser.visit(`${house.address}?join=${ada.code}`);
    await bo.page.getByText("Room found: Short cut, 1 of 4 seats taken").waitFor();
    expect(await crewLine(ada, "Ada")).toContain("host");
    await bo.page.getByLabel(/Your name/).fill("Bo");
    await bo.page.getByRole("button", { name: "Join", exact: true }).click();
    expect(await codeOnScreen(bo)).toBe(ada.code);
    expectSpotless(ada, bo);
  });

  test("a refresh in the lobby keeps the seat, the host's too", async () => {
    const ada = await host(browser, house, "Ada");
    const bo = await join(browser, house, ada.code, "Bo");
    for (const player of [ada, bo]) {
      await player.page.reload();
      expect(await codeOnScreen(player)).toBe(ada.code);
      expect(await crewLine(player, player.name)).toContain(`${player.name} (you)`);
    }
    expect(await crewLine(bo, "Ada")).toContain("host");
    await ada.page.getByText("2 of 4 seats").waitFor();
    expectSpotless(ada, bo);
  });

  test("a second tab does not steal the seat, and may take it over", async () => {
    const ada = await host(browser, house, "Ada");
    const second = await ada.context.newPage();
    await second.goto(house.address);
    await second.getByRole("button", { name: `Back to your seat in ${ada.code}` }).click();
    await second.getByRole("button", { name: "Play here instead" }).click();
    await second.getByRole("heading", { level: 1, name: `Room ${ada.code}` }).waitFor({ state: "attached" });
    await ada.page.getByRole("button", { name: "Play here instead" }).waitFor();
    expect(ada.strays).toEqual([]);
  });

  test("a removed player is told so, and the host can bring the seat back", async () => {
    const ada = await host(browser, house, "Ada");
    const bo = await join(browser, house, ada.code, "Bo");
    await ada.page.getByRole("button", { name: "Remove Bo" }).click();
    await bo.page.getByText("The host removed you from this room.").waitFor();
    await ada.page.getByText("Bo was removed.").waitFor();
    await ada.page.getByRole("button", { name: "Undo" }).click();
    await ada.page.getByText("2 of 4 seats").waitFor();
    expect(await crewLine(ada, "Bo")).toContain("Traffic + Infra");
    await bo.page.goto(house.address);
    await bo.page.getByText("2 of 4 seats").or(bo.page.getByRole("button", { name: /Back to your seat/ })).first().waitFor();
    const way = bo.page.getByRole("button", { name: /Back to your seat/ });
    if ((await way.count()) > 0) await way.click();
    await bo.page.getByText("2 of 4 seats").waitFor();
    expectSpotless(ada, bo);
  });

  test("a locked room says so to whoever comes late", async () => {
    const ada = await host(browser, house, "Ada");
    await ada.page.getByRole("switch", { name: /Lock the room/ }).check();
    const late = await browser.visit(`${house.address}?join=${ada.code}`);
    await late.page.getByRole("button", { name: "Join", exact: true }).click();
    await late.page
      .getByRole("alert")
      .filter({ hasText: /locked/ })
      .waitFor();
    expect(late.strays).toEqual([]);
  });
});
