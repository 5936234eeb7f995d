import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { levelSchema } from "../../shared/level/jsonSchema.ts";
import { command, LEVELS, Misuse, readOptions } from "./commandLine.ts";

const PATH = join(LEVELS, "level.schema.json");

/**
 * `node server/cli/schema.ts [--check]`: writes `levels/level.schema.json`, by which editors complete and check level
 * files, from the schema that reads them; with `--check` only tells (exit code 1) when the file has drifted.
 */
await command(async () => {
  const { values, positionals } = readOptions({ check: { type: "boolean", default: false } });
  if (positionals.length > 0) throw new Misuse(`"${positionals[0]}" is no option: there is --check.`);
  const text = `${JSON.stringify(levelSchema(), null, 2)}\n`;
  if (!values.check) {
    await writeFile(PATH, text);
    return 0;
  }
  const isSame = (await readFile(PATH, "utf8").catch(() => "")) === text;
  if (!isSame) console.error("levels/level.schema.json has drifted from the schema: run node server/cli/schema.ts.");
  return isSame ? 0 : 1;
});
