import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Chromium, PHONE } from "./chromium.ts";

const PAGE = `<!doctype html><meta name="viewport" content="width=device-width"><title>Pier</title><link rel="icon" href="data:,"><h1>Pier</h1>
<script>
  fetch("http://elsewhere.invalid/tracker").catch(() => {});
  console.error("a lamp went out");
  const gl = document.createElement("canvas").getContext("webgl2");
  document.title = gl ? "Lit" : "Dark";
</script>`;

let server: Server;
let address = "";
let browser: Chromium;

beforeAll(async () => {
  server = createServer((_, response) => response.setHeader("content-type", "text/html").end(PAGE));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  browser = await Chromium.launch();
});

afterAll(async () => {
  await browser.close();
  server.close();
});

describe("the browser that the tests look through", () => {
  test("draws with WebGL and notices console errors and every request that leaves the origin", async () => {
    const visitor = await browser.visit(address);
    expect(await visitor.page.title()).toBe("Lit");
    expect(visitor.strays).toEqual(["http://elsewhere.invalid/tracker"]);
    expect(visitor.errors).toContain("a lamp went out");
    await visitor.close();
  });

  test("looks with the eyes it is given", async () => {
    const visitor = await browser.visit(address, { ...PHONE, reducedMotion: true, colorScheme: "light" });
    const seen = await visitor.page.evaluate(() => ({
      width: innerWidth,
      coarse: matchMedia("(pointer: coarse)").matches,
      still: matchMedia("(prefers-reduced-motion: reduce)").matches,
      light: matchMedia("(prefers-color-scheme: light)").matches,
    }));
    expect(seen).toEqual({ width: 390, coarse: true, still: true, light: true });
    await visitor.close();
  });
});
