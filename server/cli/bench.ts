import { checkerSpeed } from "./bench/checkerSpeed.ts";
import { clusterSpeed } from "./bench/clusterSpeed.ts";
import type { Bench, Figure } from "./bench/figure.ts";
import { figureTable } from "./bench/figureTable.ts";
import { inBrowser } from "./bench/inBrowser.ts";
import { joinTime } from "./bench/joinTime.ts";
import { kernelPrograms } from "./bench/kernelPrograms.ts";
import { matchSpeed } from "./bench/matchSpeed.ts";
import { memoryGrowth } from "./bench/memoryGrowth.ts";
import { wireBytes } from "./bench/wireBytes.ts";
import { command, Misuse, readOptions } from "./commandLine.ts";

const BENCHES: readonly Bench[] = [matchSpeed, clusterSpeed, memoryGrowth, kernelPrograms, checkerSpeed, wireBytes, joinTime, inBrowser];

/**
 * `npm run bench [-- --only <name>] [--json]`: prints how fast, how small and how smooth this build is on this machine.
 * A missed aim is a figure to look at, not a failure: the exit code is 0.
 */
await command(async () => {
  const { values } = readOptions({ only: { type: "string" }, json: { type: "boolean", default: false } });
  const chosen = BENCHES.filter(({ name }) => values.only === undefined || name === values.only);
  const names = BENCHES.map(({ name }) => name).join(", ");
  if (chosen.length === 0) throw new Misuse(`There is no bench "${values.only}", only ${names}.`);
  const figures: Figure[] = [];
  for (const bench of chosen) figures.push(...(await bench.run()));
  console.log(values.json ? JSON.stringify(figures, null, 2) : figureTable(figures));
  return 0;
});
