import { unknownComponent } from "../../shared/match/exports.ts";
import { command, Misuse, readOptions, wholeNumber } from "./commandLine.ts";
import { type ExportFormat, exportFormats } from "./export/formats.ts";
import { writeOut } from "./export/output.ts";
import { orMisuse, playAgain } from "./export/played.ts";
import { levelOf, readMatchFile } from "./replay/matchFiles.ts";

/**
 * `npm run export -- <match file> --format <format> [--component <name>] [--level <path>] [--until <ms>] [--out <file>] [--json]`:
 * plays a recorded match again and writes it for a tool from outside; see `export/formats.ts` for the formats. Without
 * `--out` it goes to standard output. What was written is told beside it, with `--json` for programs. Exit code 2: there
 * is nothing to export, for the reason printed.
 */
await command(async () => {
  const { values, positionals } = readOptions({
    format: { type: "string" },
    component: { type: "string" },
    level: { type: "string" },
    until: { type: "string" },
    out: { type: "string" },
    json: { type: "boolean", default: false },
  });
  const [path, ...others] = positionals;
  if (path === undefined || others.length > 0) throw new Misuse("Name one match file: npm run export -- <match file>.");
  const format = formatOf(values.format);
  if (values.until !== undefined && !format.moments)
    throw new Misuse(`--until is for a moment of the match, and ${values.format} tells all of it.`);
  if (values.component !== undefined && !format.parts)
    throw new Misuse(`--component makes no sense with ${values.format}, which tells all of the match.`);
  const untilMs = values.until === undefined ? undefined : wholeNumber("until", values.until, 0);
  const file = await readMatchFile(path);
  const played = playAgain(file, await levelOf(file, values.level), untilMs);
  orMisuse(unknownComponent(played.match, values.component));
  const { pieces, component, model } = await format.write(played, values.component);
  const characters = await writeOut(pieces, values.out);
  const told = { format: values.format, level: file.level.id, seed: file.seed, hash: played.match.stateHash(), component, model, characters, out: values.out };
  const text = values.json ? JSON.stringify(told) : sentence(told);
  if (values.out === undefined) console.error(text);
  else console.log(text);
  return 0;
});

function formatOf(name: string | undefined): ExportFormat {
  const known = Object.keys(exportFormats).join(", ");
  if (name === undefined) throw new Misuse(`As what? Name it with --format: ${known}.`);
  if (!Object.hasOwn(exportFormats, name)) throw new Misuse(`There is no format "${name}"; there are ${known}.`);
  return exportFormats[name]!;
}

interface Told {
  readonly format: string | undefined;
  readonly level: string;
  readonly seed: string;
  readonly component: string | undefined;
  readonly model: string | undefined;
  readonly characters: number;
}

function sentence({ format, level, seed, component, model, characters }: Told): string {
  const of = component === undefined ? "" : ` · ${component}`;
  const judged = model === undefined ? "" : ` · npm run verdict judges it as ${model}`;
  return `${level} · seed ${seed}${of} · ${format}, ${characters} characters${judged}`;
}
