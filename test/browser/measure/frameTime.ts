import { join } from "node:path";
import { createServer } from "vite";
import { type Chromium, DESKTOP } from "../chromium.ts";

const BOATS = 5_000;
const FRAMES = 40;

/** Script time per frame of the map with 200 nodes and this many boats under way, ms; what the painter needs comes on top. */
export interface FrameTime {
  /** What is left when nothing else disturbs the machine. */
  readonly updateMsP10: number;
  readonly updateMsP50: number;
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
    DESKTOP,
  );
  try {
    // The first visit of all makes Vite bundle Phaser and load the page anew; the second is in peace.
    await visitor.page.waitForLoadState("networkidle");
    await visitor.page.reload();
    await visitor.page.waitForFunction("window.mapPage !== undefined");
    await visitor.page.waitForFunction(`window.mapPage.map.frame().boats >= ${BOATS}`);
    return await visitor.page.evaluate<FrameTime>(`window.mapPage.measure(${FRAMES})`);
  } finally {
    await visitor.close();
    await server.close();
  }
}
