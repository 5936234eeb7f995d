import { join } from "node:path";
import { createServer } from "vite";
import { type Chromium, PROJECTOR } from "../chromium.ts";

/** Frames until as many boats arrive as set out. */
const WARM_UP_FRAMES = 200;
const FRAMES = 150;

/** Script time per frame of the map with 200 nodes and this many boats under way, ms; what the painter needs comes on top. */
export interface FrameTime {
  readonly updateMsP50: number;
  readonly updateMsP95: number;
  readonly boats: number;
}

/** Lets the map's own page run in a real Chromium and reads how long its script took, frame by frame. */
export async function frameTime(browser: Chromium): Promise<FrameTime> {
  const configFile = join(import.meta.dirname, "../map.vite.config.ts");
  const server = await createServer({ configFile, logLevel: "warn", server: { port: 0 } });
  await server.listen();
  const { port } = server.httpServer!.address() as { port: number };
  const visitor = await browser.visit(
    `http://127.0.0.1:${port}/test/browser/map.html?scene=stress&test&every`,
    PROJECTOR,
  );
  try {
    // The first visit of all makes Vite bundle Phaser and load the page anew; the second is in peace.
    await visitor.page.waitForLoadState("networkidle");
    await visitor.page.reload();
    await visitor.page.waitForFunction("window.mapPage !== undefined");
    await visitor.page.evaluate(`window.mapPage.measure(${WARM_UP_FRAMES})`);
    return await visitor.page.evaluate<FrameTime>(`window.mapPage.measure(${FRAMES})`);
  } finally {
    await visitor.close();
    await server.close();
  }
}
