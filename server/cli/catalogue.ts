import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { catalogueText } from "./catalogue/catalogueText.ts";
import { command, Misuse, readOptions } from "./commandLine.ts";

const PATH = join(import.meta.dirname, "../../docs/catalogue.md");

/**
 * `npm run catalogue [-- --check]`: writes `docs/catalogue.md` from the registries; with `--check` only tells (exit
 * code 1) when the file has drifted from them.
 */
await command(async () => {
  const { values, positionals } = readOptions({ check: { type: "boolean", default: false } });
  if (positionals.length > 0) throw new Misuse(`"${positionals[0]}" is no option: there is --check.`);
  const text = catalogueText();
  if (!values.check) {
    await writeFile(PATH, text);
    return 0;
  }
  const isSame = (await readFile(PATH, "utf8").catch(() => "")) === text;
  if (!isSame) console.error("docs/catalogue.md has drifted from the registries: run npm run catalogue.");
  return isSame ? 0 : 1;
});
