import { z } from "zod";
import type { Level } from "../../../shared/level/schema.ts";
import { SIM_VERSION } from "../../../shared/match/match.ts";
import { MatchFile } from "../../../shared/wire/matchFile.ts";
import { findLevel, LEVELS, Misuse, readText } from "../commandLine.ts";

/** Reads a match file that this version of the rules can play again; a misuse otherwise. */
export async function readMatchFile(path: string): Promise<MatchFile> {
  const text = await readText(path);
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

/** The level that a match was played on: of the campaign, or of a file that is named. */
export async function levelOf({ level: { id, version } }: MatchFile, path: string | undefined): Promise<Level> {
  const level = await findLevel(path ?? id);
  if (level.version === version) return level;
  throw new Misuse(
    `The match was played on version ${version} of ${id}, and ${path ?? LEVELS} has version ${level.version}.`,
  );
}
