import { readLevels } from "../levels.ts";
import type { Level } from "../../shared/level/schema.ts";
import { command, findLevel, LEVELS, Misuse, readOptions, wholeNumber } from "./commandLine.ts";
import { proveAll } from "./proof/proveAll.ts";
import { proofTable } from "./proof/proofTable.ts";

/**
 * `npm run levels [-- --seeds <n>] [--level <id or path>] [--json]`: plays every level by every policy over many seeds,
 * prints what each came to, and fails (exit code 1) with one sentence for each gate that does not hold.
 */
await command(async () => {
  const { values, positionals } = readOptions({
    seeds: { type: "string", default: "20" },
    level: { type: "string" },
    json: { type: "boolean", default: false },
  });
  if (positionals.length > 0) throw new Misuse(`"${positionals[0]}" is no option: a level is named with --level.`);
  const seeds = Array.from({ length: wholeNumber("seeds", values.seeds, 1) }, (_, seed) => String(seed + 1));
  const proofs = [];
  for await (const { level, proof } of proveAll(await chosen(values.level), seeds)) {
    proofs.push(proof);
    if (!values.json) console.log(`${proofTable(level, proof)}\n`);
  }
  const failures = proofs.flatMap((proof) => proof.failures);
  if (values.json) console.log(JSON.stringify(proofs, null, 2));
  else
    console.log(
      failures.length === 0
        ? `All gates hold: ${counted(proofs.length, "level")}, ${counted(seeds.length, "seed")}.`
        : failures.join("\n"),
    );
  return failures.length === 0 ? 0 : 1;
});

async function chosen(level: string | undefined): Promise<readonly Level[]> {
  return level === undefined ? [...(await readLevels(LEVELS)).values()] : [await findLevel(level)];
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
