import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Client, type Room } from "colyseus.js";
import type { Page } from "playwright-core";
import { readLevels } from "../../server/levels.ts";
import { Match } from "../../shared/match/match.ts";
import { ROLES } from "../../shared/match/roles.ts";
import { ROOT } from "../importsOf.ts";
import { Chromium, DESKTOP, PHONE, PROJECTOR, type Screen } from "./chromium.ts";
import { openPlayhouse } from "./playhouse.ts";

/**
 * `npm run shots [-- --only desktop-night] [--readme]`: a picture of every screen on every kind of display in both
 * themes, into `shots/`; with `--readme` only the picture of the README.
 */
const DISPLAYS: Readonly<Record<string, Screen>> = { desktop: DESKTOP, phone: PHONE, projector: PROJECTOR };
const THEMES = ["night", "day"] as const;
const LEVEL = "04-two-lamps";
const SEED = "KELP";
/** The match creeps while pictures are taken, and runs in between. */
const CREEP = 0.2;
const RUN = 6;

const { values } = parseArgs({ options: { only: { type: "string" }, readme: { type: "boolean", default: false } } });
const house = await openPlayhouse({ levels: "levels", speed: 1 });
const browser = await Chromium.launch();
const cutMs = await momentOfCut();
try {
  if (values.readme) await readmePicture();
  else await everyScreen();
} finally {
  await browser.close();
  await house.close();
}
process.exit(0);

/** When the partition of the level begins under this seed. */
async function momentOfCut(): Promise<number> {
  const level = (await readLevels(join(ROOT, "levels"))).get(LEVEL)!;
  const match = new Match(level, SEED, [{ name: "Robin", roles: ROLES }]);
  return match.faults.find(({ text }) => text.startsWith("partition"))!.fromMs;
}

async function everyScreen(): Promise<void> {
  for (const theme of THEMES) {
    for (const [display, screen] of Object.entries(DISPLAYS)) {
      const name = `${display}-${theme}`;
      if (values.only !== undefined && values.only !== name) continue;
      const folder = join(ROOT, "shots", name);
      await mkdir(folder, { recursive: true });
      const visit = (query: string): Promise<Page> => openPage(screen, `?theme=${theme}&seed=${SEED}${query}`);
      const shoot = (page: Page, what: string): Promise<Buffer> =>
        page.screenshot({ path: join(folder, `${what}.png`) });
      for (const walk of [outside, inLobby, inMatch]) {
        await walk(visit, shoot);
        await browser.everybodyOut();
      }
      console.log(name);
    }
  }
}

type Visit = (query: string) => Promise<Page>;
type Shoot = (page: Page, what: string) => Promise<Buffer>;

async function openPage(screen: Screen, query: string): Promise<Page> {
  const { page } = await browser.visit(`${house.address}${query}`, screen);
  await page.evaluate("document.fonts.ready");
  return page;
}

async function outside(visit: Visit, shoot: Shoot): Promise<void> {
  const page = await visit("");
  await shoot(page, "01-home");
  await page.getByLabel("Code", { exact: true }).fill("KELP-000");
  await page.getByRole("button", { name: "Join", exact: true }).click();
  await page.getByRole("alert").filter({ hasText: "no room" }).waitFor();
  await shoot(page, "02-wrong-code");
  await page.getByRole("button", { name: "Play alone" }).click();
  await page.getByRole("heading", { name: "Sea chart" }).waitFor();
  await shoot(page, "04-sea-chart");
}

async function inLobby(visit: Visit, shoot: Shoot): Promise<void> {
  const page = await visit("");
  await page.getByRole("button", { name: "Host", exact: true }).click();
  await page.getByLabel(/Your name/).fill("Ada");
  await shoot(page, "03-host-card");
  await page.getByRole("button", { name: "Open the room" }).click();
  const heading = page.getByRole("heading", { level: 1, name: /^Room / });
  await heading.waitFor({ state: "attached" });
  const code = (await heading.textContent())!.replace("Room ", "");
  await page.getByRole("button", { name: "Change" }).click();
  await page.getByRole("button", { name: /Two lamps/ }).waitFor();
  await shoot(page, "05-choose-level");
  await page.getByRole("button", { name: /Two lamps/ }).click();
  const guests: Room[] = [];
  for (const name of ["Bo", "Cleo", "Dov"]) {
    guests.push(await sit(code, name));
    await page.getByText(`${guests.length + 1} of 4 seats`).waitFor();
    if (guests.length === 1) await shoot(page, "06-lobby-of-two");
  }
  await shoot(page, "07-lobby-of-four");
  await page.getByRole("button", { name: "Remove Dov" }).click();
  await page.getByText("Dov was removed.").waitFor();
  await shoot(page, "08-lobby-removed");
  await Promise.all(guests.filter(({ connection }) => connection.isOpen).map((guest) => guest.leave()));
}

/** Somebody who joins without a browser. */
async function sit(code: string, name: string): Promise<Room> {
  const room = await new Client(house.address.slice(0, -1)).joinById(code, { name });
  for (const push of ["crew", "ticket", "view", "debrief"]) room.onMessage(push, () => {});
  await room.request("ready", { ready: true });
  return room;
}

async function inMatch(visit: Visit, shoot: Shoot): Promise<void> {
  const page = await visit("");
  await beginAlone(page);
  await shoot(page, "10-match-first-minute");
  await page.getByRole("button", { name: "Skip tips" }).click();
  await house.clock.pass(20_000, RUN);
  await settle(page);
  await shoot(page, "11-match-calm");
  await page.getByRole("slider", { name: "Consistency dial" }).press("ArrowLeft");
  await shoot(page, "12-match-dial-aimed");
  await page.getByRole("button", { name: /^Turn to / }).click();
  await page.keyboard.press("2");
  await page.getByRole("complementary", { name: "Inspector" }).getByRole("heading", { name: "Elm" }).waitFor();
  await shoot(page, "13-match-node");
  await page.keyboard.press("Escape");
  await runTo(page, cutMs - 3_000);
  await shoot(page, "14-match-warning");
  await runTo(page, cutMs + 25_000);
  await shoot(page, "15-match-partition");
  await tabs(page, shoot);
  house.clock.speed = RUN;
  await page.getByRole("region", { name: "Where points were lost" }).waitFor({ timeout: 120_000 });
  house.clock.speed = 1;
  await settle(page);
  await page.screenshot({ fullPage: true });
  await shoot(page, "20-debrief");
  await inReplay(page, shoot);
  await inWhatIf(page, shoot);
}

/** The same match watched again: as the partition has lasted a while, and while it runs. */
async function inReplay(page: Page, shoot: Shoot): Promise<void> {
  await page.getByRole("button", { name: "Replay", exact: true }).click();
  await page.getByRole("button", { name: "Next wrong answer" }).waitFor({ timeout: 120_000 });
  const rail = (await page.getByRole("slider", { name: "Moment of the match" }).boundingBox())!;
  const lastsMs =
    1_000 * Number(await page.getByRole("slider", { name: "Moment of the match" }).getAttribute("aria-valuemax"));
  await page.mouse.click(rail.x + (rail.width * (cutMs + 25_000)) / lastsMs, rail.y + rail.height / 2);
  await settle(page);
  await page.evaluate("scrollTo(0, 0)");
  await shoot(page, "21-replay");
  await page.getByRole("button", { name: /^Oak/ }).first().dispatchEvent("click");
  await settle(page);
  await shoot(page, "22-replay-two-truths");
  await page.goBack();
}

/** The same match with the old primary fenced in time, and somebody sent elsewhere too. */
async function inWhatIf(page: Page, shoot: Shoot): Promise<void> {
  await page.getByRole("button", { name: "What if…" }).click();
  await page.getByRole("heading", { name: "Availability × correctness" }).waitFor({ timeout: 120_000 });
  await shoot(page, "23-what-if");
  await page.getByLabel("at", { exact: true }).first().fill(String((cutMs + 4_000) / 1_000));
  await page.getByRole("button", { name: "Add an intent…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "fences Oak" }).waitFor({ timeout: 60_000 });
  await shoot(page, "24-what-if-options");
  await page.getByRole("dialog").getByRole("button", { name: "fences Oak" }).click();
  await page.getByRole("button", { name: "Watch it" }).and(page.locator(":enabled")).waitFor();
  await page.evaluate("scrollTo(0, 0)");
  await shoot(page, "25-what-if-played");
  await page.locator(".workbench").scrollIntoViewIfNeeded();
  await shoot(page, "26-what-if-timeline");
}

/** The other sheets of the phone; other displays show everything at once. */
async function tabs(page: Page, shoot: Shoot): Promise<void> {
  const parts = page.getByRole("navigation", { name: "Parts of the match" });
  if ((await parts.count()) === 0) return;
  for (const name of ["Pager", "Charts", "Team"]) {
    await parts.getByRole("button", { name }).click();
    await shoot(page, `16-match-${name.toLowerCase()}`);
  }
  await parts.getByRole("button", { name: "Map" }).click();
}

/** From the first screen into the level, alone. */
async function beginAlone(page: Page): Promise<void> {
  house.clock.speed = 1;
  await page.getByRole("button", { name: "Play alone" }).click();
  await page.getByRole("button", { name: /Two lamps/ }).click();
  await page.getByRole("button", { name: "Play alone" }).click();
  await page.getByRole("region", { name: "Map" }).locator("canvas").waitFor();
  house.clock.speed = CREEP;
  await settle(page);
}

async function runTo(page: Page, untilMs: number): Promise<void> {
  const [minutes, seconds] = (await page.locator(".match-clock strong").innerText()).split(":").map(Number);
  await house.clock.pass(Math.max(0, untilMs - (minutes! * 60 + seconds!) * 1_000), RUN);
  house.clock.speed = CREEP;
  await settle(page);
}

/** Boats sail and lamps swing for a moment, so that a picture shows them under way. */
async function settle(page: Page): Promise<void> {
  await page.evaluate("new Promise((done) => setTimeout(done, 1500))");
}

/** The picture of the README: a partition as the crew meets it. */
async function readmePicture(): Promise<void> {
  const page = await openPage(DESKTOP, `?theme=night&seed=${SEED}`);
  await beginAlone(page);
  await page.getByRole("button", { name: "Skip tips" }).click();
  await page.getByRole("slider", { name: "Consistency dial" }).press("ArrowLeft");
  await page.getByRole("button", { name: /^Turn to / }).click();
  await runTo(page, cutMs + 25_000);
  house.clock.speed = 1;
  await settle(page);
  await settle(page);
  await page.screenshot({ path: join(ROOT, "docs/match.png") });
}
