import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { isRefusal } from "../shared/core/refusal.ts";
import type { Level } from "../shared/level/schema.ts";
import { parseLevel } from "../shared/level/parse.ts";
import { CannotStart } from "./cannotStart.ts";

/** A level of the campaign with the text of its file, by which anybody can play a match on it again. */
export type LevelOnFile = Level & { readonly text: string };

/**
 * Reads every level file of a folder, by id, in the order of the file names, which is the curriculum. A file with an
 * error stops the start, with its path and the reason: a level that is silently missing is found by a class of thirty.
 */
export async function readLevels(folder: string): Promise<ReadonlyMap<string, LevelOnFile>> {
  const names = await readdir(folder).catch(() => []);
  const levels = new Map<string, LevelOnFile>();
  for (const name of names.filter((one) => one.endsWith(".yaml")).sort()) {
    const text = await readFile(join(folder, name), "utf8");
    const level = parseLevel(text, `${basename(folder)}/${name}`);
    if (isRefusal(level)) throw new CannotStart(level.sentence);
    levels.set(level.id, { ...level, text });
  }
  if (levels.size === 0)
    throw new CannotStart(`There is no level in ${folder}: it should hold files such as 01-name.yaml.`);
  return levels;
}
