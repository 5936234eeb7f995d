import type { MatchFile } from "../../shared/wire/matchFile.ts";
import { command, Misuse, readOptions } from "./commandLine.ts";
import { compare, type Comparison } from "./replay/compare.ts";
import { levelOf, readMatchFile } from "./replay/matchFiles.ts";

/**
 * `npm run replay -- <match file> [--level <path>] [--json]`: plays a recorded match again and compares. Exit code 0: the
 * same match, to the bit; 1: it diverges; 2: the file can't be replayed.
 */
await command(async () => {
  const { values, positionals } = readOptions({ level: { type: "string" }, json: { type: "boolean", default: false } });
  const [path, ...others] = positionals;
  if (path === undefined || others.length > 0) throw new Misuse("Name one match file: npm run replay -- <match file>.");
  const file = await readMatchFile(path);
  const comparison = compare(file, await levelOf(file, values.level));
  console.log(values.json ? JSON.stringify(comparison, null, 2) : sentences(file, comparison));
  return comparison.same ? 0 : 1;
});

function sentences({ level, seed, log }: MatchFile, { same, recorded, replayed, divergence }: Comparison): string {
  const what = `${level.id} · seed ${seed} · ${log.length} intents`;
  if (same) return `${what}\nThe same match, to the bit: score ${replayed.score}, state hash ${replayed.hash}.`;
  return [
    what,
    "The replay diverges.",
    `recorded  score ${recorded.score}  state hash ${recorded.hash}`,
    `replayed  score ${replayed.score}  state hash ${replayed.hash}`,
    divergence,
  ].join("\n");
}
