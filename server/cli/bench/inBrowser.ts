import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import type { Bench } from "./figure.ts";
import { startServer } from "./liveServer.ts";

const MEASURE = join(import.meta.dirname, "../../../test/browser/measure.ts");

const Measured = z.object({
  codeToJoin: z.number(),
  fontsToJoin: z.number(),
  codeToPlay: z.number(),
  longestTaskMs: z.number(),
  frame: z.object({ updateMsP10: z.number(), updateMsP50: z.number(), boats: z.number() }),
});

/** What a page costs to load and to draw, measured in a real Chromium by the browser tests' own harness. */
export const inBrowser: Bench = {
  name: "browser",
  async run() {
    const server = await startServer();
    try {
      const { stdout } = await promisify(execFile)(process.execPath, [MEASURE, server.address]);
      const { codeToJoin, fontsToJoin, codeToPlay, longestTaskMs, frame } = Measured.parse(JSON.parse(stdout));
      const drawn = `200 nodes and ${frame.boats} boats`;
      return [
        { what: "code before one can join, gzip", value: codeToJoin / 1_000, unit: "kB", aim: { atMost: 90 } },
        { what: "fonts before one can join", value: fontsToJoin / 1_000, unit: "kB", aim: null },
        { what: "code before one can play, gzip", value: codeToPlay / 1_000, unit: "kB", aim: { atMost: 480 } },
        { what: "longest main-thread task while loading", value: longestTaskMs, unit: "ms", aim: { atMost: 200 } },
        { what: `script a frame, median, ${drawn}`, value: frame.updateMsP50, unit: "ms", aim: { atMost: 4 } },
        { what: "script a frame, undisturbed (tenth percentile)", value: frame.updateMsP10, unit: "ms", aim: null },
      ];
    } finally {
      await server.stop();
    }
  },
};
