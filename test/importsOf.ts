import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { parseSync } from "oxc-parser";

/** The repository's root, absolute. */
export const ROOT = join(import.meta.dirname, "..");

/** One import, re-export or `import()` as written in a file. */
export interface Import {
  /** The path from the root for one of our own files (`shared/core/time.ts`), the specifier for a package. */
  readonly to: string;
  readonly own: boolean;
  /** Only types cross: nothing of the other file is loaded at run time. */
  readonly typeOnly: boolean;
}

/** Every TypeScript file under the given folders, as sorted paths from the root. */
export function sourceFiles(folders: readonly string[]): string[] {
  return folders
    .flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" }).map((name) => join(folder, name)),
    )
    .filter((path) => /\.tsx?$/.test(path))
    .sort();
}

/** Everything that a file imports. Throws on a file that does not parse, and on an `import()` of anything but a literal. */
export function importsOf(path: string): Import[] {
  const source = readFileSync(join(ROOT, path), "utf8");
  const { module, errors } = parseSync(path, source);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]!.message}`);
  const found: { specifier: string; typeOnly: boolean }[] = [];
  for (const { moduleRequest, entries } of module.staticImports) {
    found.push({
      specifier: moduleRequest.value,
      typeOnly: entries.length > 0 && entries.every((entry) => entry.isType),
    });
  }
  for (const { entries } of module.staticExports) {
    for (const { moduleRequest, isType } of entries)
      if (moduleRequest) found.push({ specifier: moduleRequest.value, typeOnly: isType });
  }
  for (const { moduleRequest } of module.dynamicImports) {
    const literal = /^["'](.+)["']$/.exec(source.slice(moduleRequest.start, moduleRequest.end));
    if (!literal) throw new Error(`${path}: import() of something that is not a literal can't be judged`);
    found.push({ specifier: literal[1]!, typeOnly: false });
  }
  return found.map(({ specifier, typeOnly }) => {
    const own = specifier.startsWith(".");
    return { to: own ? relative(ROOT, join(ROOT, dirname(path), specifier)) : specifier, own, typeOnly };
  });
}
