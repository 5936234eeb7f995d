import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isRefusal } from "../../shared/core/refusal.ts";
import { parseLevel } from "../../shared/level/parse.ts";
import type { Level } from "../../shared/level/schema.ts";
import { ROOT } from "../importsOf.ts";

/** The levels as they are shipped, in the order of the curriculum. */
export function campaign(): Level[] {
  return levelFiles().map(({ name, text }) => {
    const level = parseLevel(text, `levels/${name}`);
    if (isRefusal(level)) throw new Error(level.sentence);
    return level;
  });
}

/** Names and texts of the level files. */
export function levelFiles(): { readonly name: string; readonly text: string }[] {
  const names = readdirSync(join(ROOT, "levels")).filter((name) => name.endsWith(".yaml"));
  return names.sort().map((name) => ({ name, text: readFileSync(join(ROOT, "levels", name), "utf8") }));
}
