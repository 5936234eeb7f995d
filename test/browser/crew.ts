import { expect } from "vitest";
import type { Chromium, Screen, Visitor } from "./chromium.ts";
import type { Playhouse } from "./playhouse.ts";

/** Somebody who sits in a room. */
export interface Player extends Visitor {
  readonly name: string;
  readonly code: string;
}

/** Opens the page, makes a room and sits down in it as its host. */
export async function host(browser: Chromium, house: Playhouse, name: string, screen?: Screen): Promise<Player> {
  const visitor = await browser.visit(house.address, screen);
  const { page } = visitor;
  await page.getByRole("button", { name: "Host", exact: true }).click();
  await page.getByLabel(/Your name/).fill(name);
  await page.getByRole("button", { name: "Open the room" }).click();
  return { ...visitor, name, code: await codeOnScreen(visitor) };
}

/** Types a code on the first screen, gives a name and sits down. */
export async function join(
  browser: Chromium,
  house: Playhouse,
  code: string,
  name: string,
  screen?: Screen,
): Promise<Player> {
  const visitor = await browser.visit(house.address, screen);
  const { page } = visitor;
  await page.getByLabel("Code", { exact: true }).fill(code.toLowerCase().replace("-", " "));
  await page.getByRole("button", { name: "Join", exact: true }).click();
  await page.getByLabel(/Your name/).fill(name);
  await page.getByRole("button", { name: "Join", exact: true }).click();
  return { ...visitor, name, code: await codeOnScreen(visitor) };
}

/** The code as the lobby shows it. */
export async function codeOnScreen({ page }: Visitor): Promise<string> {
  const heading = page.getByRole("heading", { level: 1, name: /^Room / });
  await heading.waitFor({ state: "attached" });
  return (await heading.textContent())!.replace("Room ", "");
}

/** The whole line of the crew list that stands for somebody, such as "Ada (you) Lead + Data · host". */
export async function crewLine({ page }: Visitor, name: string): Promise<string> {
  const line = page.getByRole("region", { name: "Crew" }).getByRole("listitem").filter({ hasText: name });
  return (await line.innerText()).replace(/\s+/g, " ");
}

/** Everything that must be true of a visit whatever was done in it. */
export function expectSpotless(...visitors: readonly Visitor[]): void {
  for (const { errors, strays } of visitors) {
    expect(errors).toEqual([]);
    expect(strays).toEqual([]);
  }
}
