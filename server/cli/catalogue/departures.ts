import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

const ROOT = join(import.meta.dirname, "../../..");
const COMMENT = /\/\*\*([\s\S]*?)\*\//g;
const DEPARTURE = /(?:Simplified|Differs): ([\s\S]*?)(?=\n(?:Simplified|Differs|Source): |\n\n|$)/g;

/**
 * Where the code of a registry's entry says, in its doc comments, that it departs from the real thing. An entry that has
 * a folder is all that lies in it.
 */
export function departuresOf(registry: string, entry: string): string[] {
  const file = fileOf(registry, entry);
  if (file === undefined) return [];
  const home = dirname(registry);
  const files = dirname(file) === home ? [file] : sourcesUnder(dirname(file));
  return files.flatMap((path) => departuresIn(readFileSync(join(ROOT, path), "utf8")));
}

/** The departures that a source text names, each as one line. */
export function departuresIn(source: string): string[] {
  return [...source.matchAll(COMMENT)].flatMap(([, comment = ""]) => {
    const text = comment.replaceAll(/^[ \t]*\*? ?/gm, "").trim();
    return [...text.matchAll(DEPARTURE)].map(([, departure = ""]) => departure.replaceAll(/\s+/g, " ").trim());
  });
}

/** The file from which a registry imports an entry. */
function fileOf(registry: string, entry: string): string | undefined {
  const source = readFileSync(join(ROOT, registry), "utf8");
  const found = new RegExp(`import \\{[^}]*\\b${entry}\\b[^}]*\\} from "(\\./[^"]+)"`).exec(source)?.[1];
  return found === undefined ? undefined : join(dirname(registry), found);
}

function sourcesUnder(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && file.name.endsWith(".ts"))
    .map((file) => relative(ROOT, join(file.parentPath, file.name)))
    .toSorted();
}
