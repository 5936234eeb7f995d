import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isRefusal } from "../../shared/core/refusal.ts";
import { parseLevel } from "../../shared/level/parse.ts";
import type { Level } from "../../shared/level/schema.ts";
import { ROOT } from "../importsOf.ts";

/** A level of the house by its path, such as "test/levels/02-all-weathers.yaml". */
export function readLevel(path: string): Level {
  return levelFrom(readFileSync(join(ROOT, path), "utf8"), path);
}

/** A level from its text. */
export function levelFrom(text: string, path: string): Level {
  const level = parseLevel(text, path);
  if (isRefusal(level)) throw new Error(level.sentence);
  return level;
}

/** Every kind of component, fault and verb, in 25 seconds. */
export const ALL_WEATHERS = readLevel("test/levels/02-all-weathers.yaml");

/** All levels that are played or tested, those of the house first. */
export function everyLevel(): Level[] {
  return levelsIn("levels", "test/levels");
}

/** One level for each row of what the game teaches, between them every kind of component. */
export function rowLevels(): Level[] {
  return levelsIn("test/levels/rows");
}

function levelsIn(...folders: string[]): Level[] {
  return folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder))
      .filter((file) => file.endsWith(".yaml"))
      .map((file) => readLevel(`${folder}/${file}`)),
  );
}
