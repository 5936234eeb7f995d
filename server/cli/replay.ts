import { z } from "zod";
import { SIM_VERSION } from "../../shared/match/match.ts";
import type { Level } from "../../shared/level/schema.ts";
import { MatchFile } from "../http/matchFile.ts";
import { command, findLevel, LEVELS, Misuse, readOptions, readText } from "./commandLine.ts";
import { compare, type Comparison } from "./replay/compare.ts";

/**
 * `npm run replay -- <match file> [--level <path>] [--json]`: plays a recorded match again and compares. Exit code 0: the
 * same match, to the bit; 1: it diverges; 2: the file can't be replayed.
 */
await command(async () => {
  const { values, positionals } = readOptions({ level: { type: "string" }, json: { type: "boolean", default: false } });
  const [path, ...others] = positionals;
  if (path === undefined || others.length > 0) throw new Misuse("Name one match file: npm run replay -- <match file>.");
  const file = readMatchFile(path, await readText(path));
  const comparison = compare(file, await levelOf(file, values.level));
  console.log(values.json ? JSON.stringify(comparison, null, 2) : sentences(file, comparison));
  return comparison.same ? 0 : 1;
});

function readMatchFile(path: string, text: string): MatchFile {
  let plain: unknown;
  try {
    plain = JSON.parse(text);
  } catch {
    throw new Misuse(`${path} is no match file: it is not JSON.`);
  }
  const read = MatchFile.safeParse(plain);
  if (!read.success)
    throw new Misuse(
      `${path} is no match file: ${z
        .prettifyError(read.error)
        .split("\n")
        .map((line) => line.trim())
        .slice(0, 2)
        .join(" ")}.`,
    );
  const { simVersion } = read.data;
  if (simVersion !== SIM_VERSION) {
    throw new Misuse(
      `${path} was played under version ${simVersion} of the rules, and this is version ${SIM_VERSION}: only the same version plays the same match.`,
    );
  }
  return read.data;
}

async function levelOf({ level: { id, version } }: MatchFile, path: string | undefined): Promise<Level> {
  const level = await findLevel(path ?? id);
  if (level.version === version) return level;
  throw new Misuse(
    `The match was played on version ${version} of ${id}, and ${path ?? LEVELS} has version ${level.version}.`,
  );
}

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
