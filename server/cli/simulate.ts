import { createWriteStream } from "node:fs";
import { writeFile } from "node:fs/promises";
import { once } from "node:events";
import { finished } from "node:stream/promises";
import { jsonLineOf } from "../../shared/history/jsonLines.ts";
import { both } from "../../shared/sim/instruments.ts";
import type { Level } from "../../shared/level/schema.ts";
import { Match } from "../../shared/match/match.ts";
import { Metrics } from "../../shared/match/metrics.ts";
import { metricsReport, type MetricsReport } from "../../shared/match/metricsReport.ts";
import type { Rule } from "../../shared/match/policy.ts";
import { advanceWith } from "../../shared/match/policyRun.ts";
import { ROLES } from "../../shared/match/roles.ts";
import { policyNames, policyOf } from "../../shared/match/standardPolicies.ts";
import { command, findLevel, Misuse, readOptions, wholeNumber } from "./commandLine.ts";
import { debriefText } from "./debriefText.ts";

/**
 * `npm run simulate -- --level <id or path> --seed <seed> [--policy <name>] [--until <ms>] [--history <file>] [--metrics <file>] [--json]`:
 * plays a match headless, by a policy of the level or a standard one, and prints score, ledger and state hash.
 */
await command(async () => {
  const { values, positionals } = readOptions({
    level: { type: "string" },
    seed: { type: "string", default: "1" },
    policy: { type: "string", default: "reference" },
    until: { type: "string" },
    history: { type: "string" },
    metrics: { type: "string" },
    json: { type: "boolean", default: false },
  });
  if (positionals.length > 0) throw new Misuse(`"${positionals[0]}" is no option: a level is named with --level.`);
  if (values.level === undefined) throw new Misuse("Which level? Name it with --level <id or path of a file>.");
  const level = await findLevel(values.level);
  const rules = rulesOf(level, values.policy);
  const untilMs = values.until === undefined ? level.lasts : wholeNumber("until", values.until, 1);

  const match = new Match(level, values.seed, [{ name: values.policy, roles: ROLES }]);
  const metrics = new Metrics(match.cluster.world);
  if (values.metrics !== undefined) match.cluster.world.instruments = both(match.cluster.world.instruments!, metrics);
  advanceWith(match, rules, untilMs);
  if (!match.over) match.end();
  if (values.history !== undefined) await writeHistory(values.history, match);
  if (values.metrics !== undefined) await writeMetrics(values.metrics, metricsReport(match, metrics));
  const debrief = match.debrief();
  console.log(
    values.json ? JSON.stringify({ policy: values.policy, ...debrief }, null, 2) : debriefText(debrief, values.policy),
  );
  return 0;
});

function rulesOf(level: Level, policy: string): readonly Rule[] {
  const rules = policyOf(level, policy);
  if (rules === undefined)
    throw new Misuse(`${level.id} has no policy "${policy}"; there are ${policyNames(level).join(", ")}.`);
  return rules;
}

async function writeMetrics(path: string, report: MetricsReport): Promise<void> {
  try {
    await writeFile(path, `${JSON.stringify(report, null, 2)}\n`);
  } catch (error) {
    throw new Misuse(`The metrics can't be written: ${(error as Error).message}.`);
  }
}

async function writeHistory(path: string, match: Match): Promise<void> {
  const file = createWriteStream(path);
  try {
    await once(file, "open");
    for (const operation of match.record.history)
      if (!file.write(`${jsonLineOf(operation)}\n`)) await once(file, "drain");
    file.end();
    await finished(file);
  } catch (error) {
    throw new Misuse(`The history can't be written: ${(error as Error).message}.`);
  }
}
