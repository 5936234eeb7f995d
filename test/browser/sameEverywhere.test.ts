import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROOT } from "../importsOf.ts";
import { bundle } from "./bundle.ts";
import { Chromium, type Visitor } from "./chromium.ts";
import * as here from "./sameEverywhere.ts";

let server: Server;
let browser: Chromium;
let visitor: Visitor;

beforeAll(async () => {
  const script = await bundle(join(import.meta.dirname, "sameEverywhere.ts"), "there");
  const page = `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><script>${script}</script>`;
  server = createServer((_, response) => response.setHeader("content-type", "text/html").end(page));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  browser = await Chromium.launch();
  visitor = await browser.visit(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
});

afterAll(async () => {
  await browser.close();
  server.close();
});

/** Calls a function of `sameEverywhere.ts` inside the page. */
function inBrowser(name: keyof typeof here, ...parameters: readonly (string | number)[]): Promise<unknown> {
  return visitor.page.evaluate(`there.${name}(...${JSON.stringify(parameters)})`);
}

describe("Node and Chromium agree to the bit", () => {
  test("on logarithms, exponentials, powers and quantiles at 20,000 places", async () => {
    expect(await inBrowser("mathsDigest", 20_000)).toBe(here.mathsDigest(20_000));
    expect(visitor.errors).toEqual([]);
  });

  test("on a match through a partition, its history, its verdicts and its score", async () => {
    const path = "test/levels/01-short-cut.yaml";
    const file = readFileSync(join(ROOT, path), "utf8");
    const there = await inBrowser("matchDigest", file, path, "KELP");
    expect(there).toEqual(here.matchDigest(file, path, "KELP"));
    expect(there).not.toEqual(here.matchDigest(file, path, "REED"));
  });
});
