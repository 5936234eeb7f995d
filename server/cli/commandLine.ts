import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { parseArgs, type ParseArgsOptionsConfig } from "node:util";
import { isRefusal } from "../../shared/core/refusal.ts";
import { parseLevel } from "../../shared/level/parse.ts";
import type { Level } from "../../shared/level/schema.ts";
import { CannotStart } from "../cannotStart.ts";
import { readLevels } from "../levels.ts";

/** The folder of the campaign. */
export const LEVELS = join(import.meta.dirname, "../../levels");

/** What a person typed can't be used: one sentence for them. The command ends with exit code 2. */
export class Misuse extends Error {}

/** Runs a command; what it returns is the exit code. Whatever is no misuse is a bug, and is thrown. */
export async function command(main: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (!(error instanceof Misuse) && !(error instanceof CannotStart)) throw error;
    console.error(error.message);
    process.exitCode = 2;
  }
}

/** The options of a command line, read strictly: an unknown one is a misuse. */
export function readOptions<Options extends ParseArgsOptionsConfig>(options: Options) {
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    throw new Misuse(`${(error as Error).message.split(". ")[0]!.replace(/\.$/, "")}.`);
  }
}

/** A whole number from an option, at least `least`. */
export function wholeNumber(option: string, text: string, least: number): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < least)
    throw new Misuse(`--${option} must be a whole number from ${least} on, not "${text}".`);
  return number;
}

/** A level by its id in the campaign, or by the path of its file. */
export async function findLevel(idOrPath: string): Promise<Level> {
  if (/\.ya?ml$/.test(idOrPath)) {
    const level = parseLevel(await readText(idOrPath), idOrPath);
    if (isRefusal(level)) throw new Misuse(level.sentence);
    return level;
  }
  const levels = await readLevels(LEVELS);
  const level = levels.get(idOrPath);
  if (level === undefined)
    throw new Misuse(`There is no level "${idOrPath}"; there are ${[...levels.keys()].join(", ")}.`);
  return level;
}

/** The text of a file, or one sentence why it can't be read. */
export async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
    throw new Misuse(
      missing ? `There is no file ${path}.` : `${basename(path)} can't be read: ${(error as Error).message}.`,
    );
  }
}
