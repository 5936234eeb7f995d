import { build, type Rolldown } from "vite";

/** One of our modules with all that it imports as a single script, to be run in a page: `window[name]` holds its exports. */
export async function bundle(entry: string, name: string): Promise<string> {
  const output = await build({
    configFile: false,
    logLevel: "warn",
    build: { write: false, target: "es2023", minify: false, lib: { entry, name, formats: ["iife"], fileName: name } },
  });
  const [result] = [output].flat() as Rolldown.RolldownOutput[];
  return result!.output[0].code;
}
