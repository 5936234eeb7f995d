import { closeSync, openSync, readSync } from "node:fs";
import { Misuse } from "../commandLine.ts";

const PIECE_BYTES = 1 << 16;

/** A file as text, in pieces of 64 kB, so that one of any size is read in bounded memory. */
export function* piecesOf(path: string): Generator<string, void, void> {
  const file = opened(path);
  try {
    const bytes = new Uint8Array(PIECE_BYTES);
    const decoder = new TextDecoder();
    for (;;) {
      const length = readSync(file, bytes);
      if (length === 0) break;
      yield decoder.decode(bytes.subarray(0, length), { stream: true });
    }
    yield decoder.decode();
  } catch (error) {
    throw new Misuse(`${path}: can't be read: ${(error as Error).message}.`);
  } finally {
    closeSync(file);
  }
}

/** No line of a history is longer; in characters. */
const LINE_LENGTH_MAX = 16_000_000;

/** A file line by line. */
export function* linesOf(path: string): Generator<string, void, void> {
  let rest = "";
  let number = 1;
  for (const piece of piecesOf(path)) {
    const lines = (rest + piece).split("\n");
    rest = lines.pop()!;
    number += lines.length;
    if (rest.length > LINE_LENGTH_MAX) throw new Misuse(`${path}: Line ${number}: is too long to be an operation.`);
    yield* lines;
  }
  if (rest !== "") yield rest;
}

function opened(path: string): number {
  try {
    return openSync(path, "r");
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
    throw new Misuse(missing ? `There is no file ${path}.` : `${path}: can't be read: ${(error as Error).message}.`);
  }
}
