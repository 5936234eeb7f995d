import { command, Misuse, readOptions, wholeNumber } from "./commandLine.ts";
import { judgeCase } from "./verdict/judgement.ts";
import { judgeManifest } from "./verdict/manifest.ts";
import { verdictJson, verdictText } from "./verdict/verdictText.ts";

const EXIT_CODES = { valid: 0, invalid: 1, unknown: 3 };

/**
 * `npm run verdict -- <file> --format <format> --model <model> [--guarantee <guarantee>] [--json] [--budget-ms <n>]`:
 * judges a history from outside and prints the witness. Exit code 0: valid; 1: invalid; 3: unknown, because the time was
 * up; 2: the file is no such history. `--manifest <file>` judges many, and ends with 1 when a verdict is not the expected.
 */
await command(async () => {
  const { values, positionals } = readOptions({
    format: { type: "string" },
    model: { type: "string" },
    guarantee: { type: "string" },
    manifest: { type: "string" },
    json: { type: "boolean", default: false },
    "budget-ms": { type: "string", default: "60000" },
  });
  const budgetMs = wholeNumber("budget-ms", values["budget-ms"], 0);
  if (values.manifest !== undefined) return (await judgeManifest(values.manifest, budgetMs)) ? 0 : 1;
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0) throw new Misuse("Name one history: npm run verdict -- <file>.");
  const { format, model, guarantee } = values;
  if (format === undefined) throw new Misuse("How is the file written? Name it with --format.");
  if (model === undefined) throw new Misuse("What is it a history of? Name it with --model.");
  const judgement = judgeCase({ file, format, model, guarantee }, budgetMs);
  console.log(values.json ? verdictJson(judgement) : verdictText(judgement));
  return EXIT_CODES[judgement.verdict.outcome];
});
