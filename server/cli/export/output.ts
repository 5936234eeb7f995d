import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import { Misuse } from "../commandLine.ts";

/** Writes pieces of text to a file, or to standard output when none is named, and says how many characters they had. */
export async function writeOut(pieces: Iterable<string>, path: string | undefined): Promise<number> {
  const output = path === undefined ? process.stdout : createWriteStream(path);
  let length = 0;
  try {
    if (path !== undefined) await once(output, "open");
    for (const piece of pieces) {
      length += piece.length;
      if (!output.write(piece)) await once(output, "drain");
    }
    if (path !== undefined) await finished(output.end());
  } catch (error) {
    throw new Misuse(`The export can't be written: ${(error as Error).message}.`);
  }
  return length;
}
