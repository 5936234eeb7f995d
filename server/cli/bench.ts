import { parseArgs } from "node:util";
import type { Bench, Figure } from "./bench/figure.ts";
import { figureTable } from "./bench/figureTable.ts";
import { inBrowser } from "./bench/inBrowser.ts";
import { joinTime } from "./bench/joinTime.ts";
import { matchSpeed } from "./bench/matchSpeed.ts";
import { wireBytes } from "./bench/wireBytes.ts";

/** `npm run bench [-- --only <name>] [--json]`: prints how fast, how small and how smooth this build is on this machine. */
const BENCHES: readonly Bench[] = [matchSpeed, wireBytes, joinTime, inBrowser];

const { values } = parseArgs({ options: { only: { type: "string" }, json: { type: "boolean", default: false } } });
const chosen = BENCHES.filter(({ name }) => values.only === undefined || name === values.only);
if (chosen.length === 0) {
  console.error(`There is no bench called "${values.only}"; there are ${BENCHES.map(({ name }) => name).join(", ")}.`);
  process.exit(1);
}
const figures: Figure[] = [];
for (const bench of chosen) figures.push(...(await bench.run()));
console.log(values.json ? JSON.stringify(figures, null, 2) : figureTable(figures));
