import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createServer, type ViteDevServer } from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { brokenTime } from "../../client/panels/debrief/brokenTime.ts";
import { lanesOf } from "../../client/panels/debrief/lanes.ts";
import { ninesText, percentText, spanText } from "../../client/panels/figures.ts";
import { nodeName, zoneName } from "../../client/panels/match/levelName.ts";
import { whoseCall } from "../../client/panels/match/whoseCall.ts";
import { onNines } from "../../client/panels/nines.ts";
import { ROOT } from "../importsOf.ts";
import { Chromium, DESKTOP, PHONE, type Screen, type Visitor } from "./chromium.ts";
import { matchView } from "./panelsFixture.ts";

describe("figures on the panels", () => {
  test("a share never rounds up to a nine that it does not have", () => {
    expect([0.992, 0.9997, 0.99996, 0.89949, 1].map(percentText)).toEqual([
      "99.2%",
      "99.97%",
      "99.996%",
      "89.9%",
      "100%",
    ]);
  });

  test("each nine is as far from the next on the scale, and nothing leaves it", () => {
    expect([0.5, 0.9, 0.99, 0.999, 0.9999, 1].map((share) => Math.round(onNines(share) * 300))).toEqual([
      0, 0, 100, 200, 300, 300,
    ]);
    expect(ninesText(0.992)).toBe("2.1 nines");
    expect(ninesText(1)).toBe("no loss yet");
  });

  test("a span loses the leading zero of its minutes, not the minutes", () => {
    expect([23_000, 72_000, 3_723_000].map(spanText)).toEqual(["0:23", "1:12", "62:03"]);
  });

  test("nodes and zones are wished for by the names of the level file", () => {
    const { nodes, zones } = matchView();
    expect(nodeName(nodes[0]!)).toBe("oak");
    expect(zones.map(zoneName)).toEqual(["A", "B", "C"]);
    expect(zoneName({ ...zones[0]!, name: "Harbour" })).toBe("Harbour");
  });

  test("a verb of another role says whom to ask, one that the level lacks is absent", () => {
    const view = matchView({ roles: ["data"] });
    expect(whoseCall(view, "dial")).toEqual({ kind: "yours" });
    expect(whoseCall(view, "fence")).toEqual({ kind: "theirs", words: "Infra's call: ask Sole" });
    expect(whoseCall({ ...view, verbs: [] }, "dial")).toEqual({ kind: "absent" });
  });
});

describe("time in the debrief", () => {
  test("moments close together keep their proportions", () => {
    const time = brokenTime([0, 100, 150, 300]);
    expect(time.gaps).toEqual([]);
    expect((time.at(150) - time.at(100)) / (time.at(100) - time.at(0))).toBeCloseTo(0.5);
  });

  test("minutes in which nothing happened are cut short, and everything stays in order", () => {
    const moments = [95_249, 95_259, 290_734, 290_832];
    const time = brokenTime(moments);
    expect(time.gaps).toEqual([{ fromMs: 95_259, untilMs: 290_734 }]);
    const drawn = moments.map((ms) => time.at(ms));
    expect(drawn.toSorted((a, b) => a - b)).toEqual(drawn);
    expect(drawn[3]! - drawn[2]!).toBeGreaterThan(0.2);
  });

  test("what happens between two long gaps stays wide enough to be seen", () => {
    const time = brokenTime([2_278, 2_350, 9_655, 9_660, 22_940.6, 22_941.5]);
    expect(time.gaps.map(({ fromMs }) => fromMs)).toEqual([2_350, 9_660]);
    expect(time.at(22_941.5) - time.at(22_940.6)).toBeGreaterThan(0.07);
  });

  test("events whose words would overlap stand in different lanes", () => {
    const placed = lanesOf([0.1, 0.11, 0.5], (from) => ({ from, to: from, letters: 20 }));
    expect(placed.map(({ lane }) => lane)).toEqual([0, 1, 0]);
  });
});

describe("the panels in a browser", () => {
  let server: ViteDevServer;
  let chromium: Chromium;
  let base: string;
  const axe = readFileSync(join(ROOT, "node_modules/axe-core/axe.min.js"), "utf8");

  beforeAll(async () => {
    server = await createServer({
      configFile: join(ROOT, "test/browser/panels.vite.config.ts"),
      logLevel: "error",
      server: { port: 0 },
    });
    await server.listen();
    base = `${server.resolvedUrls!.local[0]!}test/browser/panels.html`;
    chromium = await Chromium.launch();
  });

  afterAll(async () => {
    await chromium.close();
    await server.close();
  });

  const open = (query: string, screen: Screen = DESKTOP): Promise<Visitor> =>
    chromium.visit(`${base}?plain&${query}`, screen);
  const asked = ({ page }: Visitor): Promise<unknown> => page.evaluate("window.panelsPage.asked");

  test("the dial is aimed with the arrows and turned with Enter, never by an arrow alone", async () => {
    const visitor = await open("phase=match");
    const dial = visitor.page.getByRole("slider", { name: "Consistency dial" });
    await dial.focus();
    await visitor.page.keyboard.press("ArrowRight");
    await expect.poll(() => dial.getAttribute("aria-valuetext")).toBe("aimed at linearizable, press Enter to turn");
    expect(await asked(visitor)).toEqual([]);
    await visitor.page.keyboard.press("Escape");
    await expect.poll(() => dial.getAttribute("aria-valuetext")).toBe("sequential");
    await visitor.page.keyboard.press("ArrowRight");
    await visitor.page.keyboard.press("Enter");
    await expect
      .poll(() => asked(visitor))
      .toEqual([{ name: "intent", payload: { verb: "dial", store: "ledger", stop: "linearizable" } }]);
    await visitor.close();
  });

  test("a refusal is one sentence beside the control that asked", async () => {
    const { page, close } = await open("phase=match&refuse");
    await page.getByRole("button", { name: /^Fence Oak/ }).click();
    const verb = page.locator(".verb", { hasText: "Fence Oak" });
    await verb.getByText("The dial of ledger is still turning.").waitFor();
    expect(await page.getByText("The dial of ledger is still turning.").count()).toBe(1);
    await close();
  });

  test("verbs of another role stay in sight, disabled, with whom to ask", async () => {
    const { page, close } = await open("phase=match&role=data");
    const fence = page.getByRole("button", { name: /^Fence Oak/ });
    expect(await fence.isDisabled()).toBe(true);
    expect(await fence.textContent()).toContain("Infra's call: ask Sole");
    await close();
  });

  test("the number keys look at a node, P calls a word over it", async () => {
    const visitor = await open("phase=match");
    await visitor.page.getByRole("heading", { name: "ledger" }).waitFor();
    await visitor.page.keyboard.press("1");
    await visitor.page.getByRole("heading", { name: "Oak" }).waitFor();
    await visitor.page.keyboard.press("p");
    await visitor.page.getByRole("menuitem", { name: "cut off" }).click();
    await expect
      .poll(() => asked(visitor))
      .toEqual([{ name: "intent", payload: { verb: "ping", at: "n0", word: "cut off" } }]);
    await visitor.close();
  });

  test("a line that is down leaves the screen and says so", async () => {
    const { page, close } = await open("phase=match&away");
    await page.getByText("Reconnecting… Your seat is held.").waitFor();
    await page.getByRole("heading", { name: "ledger" }).waitFor();
    expect(await page.locator(".line-banner").count()).toBe(1);
    await close();
  });

  const SCREENS: readonly (readonly [name: string, query: string, screen: Screen])[] = [
    ["lobby", "phase=lobby", DESKTOP],
    ["lobby by day", "phase=lobby&theme=day", DESKTOP],
    ["lobby on a phone", "phase=lobby&you=1", PHONE],
    ["match", "phase=match", DESKTOP],
    ["match by day", "phase=match&theme=day", DESKTOP],
    ["match on a phone", "phase=match", PHONE],
    ["debrief", "phase=debrief", DESKTOP],
    ["debrief by day", "phase=debrief&theme=day", DESKTOP],
    ["debrief on a phone", "phase=debrief", PHONE],
  ];
  test.each(SCREENS)("axe finds nothing serious: %s", async (_, query, screen) => {
    const { page, errors, strays, close } = await open(query, screen);
    await page.locator("h1").first().waitFor({ state: "attached" });
    await page.evaluate(axe);
    const found = await page.evaluate<string[]>(
      `axe.run().then(({ violations }) => violations
        .filter(({ impact }) => impact === "serious" || impact === "critical")
        .map(({ id, nodes }) => id + ": " + nodes.map(({ target }) => target).join(" ")))`,
    );
    expect(found).toEqual([]);
    expect(errors).toEqual([]);
    expect(strays).toEqual([]);
    const overflow = await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth");
    expect(overflow).toBeLessThanOrEqual(0);
    await close();
  });
});
