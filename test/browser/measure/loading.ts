import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { ROOT } from "../../importsOf.ts";
import { type Chromium, PHONE } from "../chromium.ts";

const BUILD = join(ROOT, "dist/client");

/** What a page of this build costs to load. Code is script, style and markup, gzipped. */
export interface Loading {
  readonly codeToJoin: number;
  readonly fontsToJoin: number;
  readonly codeToPlay: number;
  /** Longest task of the main thread from the first byte to the running map, ms; tasks under 50 ms count as 0. */
  readonly longestTaskMs: number;
}

/** Counts what arrives until one sits in a lobby with the map withheld, and until the map of a match is there. */
export async function loading(browser: Chromium, address: string): Promise<Loading> {
  const joined = await countToJoin(browser, address);
  const played = await countToPlay(browser, address);
  return { ...joined, ...played };
}

/** Sits down in a lobby with the map withheld, and counts what that took. */
export async function countToJoin(
  browser: Chromium,
  address: string,
): Promise<Pick<Loading, "codeToJoin" | "fontsToJoin">> {
  const visitor = await browser.visit("about:blank", PHONE);
  const { page } = visitor;
  const paths = countPaths(page);
  // What a page fetches when it has nothing better to do is not needed to join.
  await page.addInitScript("window.requestIdleCallback = () => 0");
  await page.route(/\/(?:phaser|mapScene)-/, (route) => route.abort());
  await page.goto(address);
  await page.getByRole("button", { name: "Host", exact: true }).click();
  await page.getByRole("button", { name: "Open the room" }).click();
  await page.getByRole("heading", { level: 1, name: /^Room / }).waitFor({ state: "attached" });
  const needed = [...paths].filter((path) => !/\/(?:phaser|mapScene)-/.test(path));
  await visitor.close();
  return { codeToJoin: gzipBytes(needed), fontsToJoin: fontBytes(needed) };
}

async function countToPlay(browser: Chromium, address: string): Promise<Pick<Loading, "codeToPlay" | "longestTaskMs">> {
  const visitor = await browser.visit("about:blank");
  const { page } = visitor;
  const paths = countPaths(page);
  await page.addInitScript(`
    window.longestTaskMs = 0;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) window.longestTaskMs = Math.max(window.longestTaskMs, duration);
    }).observe({ type: "longtask", buffered: true });
  `);
  await page.goto(address);
  await page.getByRole("button", { name: "Play alone" }).click();
  await page.getByRole("button", { name: "Play alone" }).click();
  await page.locator("canvas").first().waitFor();
  const longestTaskMs = await page.evaluate<number>("window.longestTaskMs");
  await visitor.close();
  return { codeToPlay: gzipBytes([...paths]), longestTaskMs };
}

function countPaths(page: Page): Set<string> {
  const paths = new Set<string>();
  page.on("request", (request) => {
    const { protocol, pathname } = new URL(request.url());
    if (protocol === "http:") paths.add(pathname === "/" ? "/index.html" : pathname);
  });
  return paths;
}

function gzipBytes(paths: readonly string[]): number {
  return paths.map((path) => join(BUILD, `${path}.gz`)).reduce((sum, path) => sum + sizeOf(path), 0);
}

function fontBytes(paths: readonly string[]): number {
  return paths.filter((path) => path.endsWith(".woff2")).reduce((sum, path) => sum + sizeOf(join(BUILD, path)), 0);
}

function sizeOf(path: string): number {
  return existsSync(path) ? statSync(path).size : 0;
}
