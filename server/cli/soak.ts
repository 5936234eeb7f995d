import { performance } from "node:perf_hooks";
import { stringify } from "yaml";
import { command, Misuse, readOptions, wholeNumber } from "./commandLine.ts";
import { SUBJECTS } from "./soak/scenario.ts";
import { namesOneRun, soak, soakOnce, type Failure } from "./soak/soaking.ts";
import { countsLine, emptyTally, neverWeaker, progressLine, stopTable, type Tally } from "./soak/tally.ts";

/** Time between two lines of progress, ms. */
const PROGRESS_MS = 5_000;
/** How long a failing scenario is shrunk, at most. */
const SHRINK_SECONDS = 30;

/**
 * `npm run soak -- [--seconds <n>] [--seed <seed>] [--only <subject>] [--json]`: plays random clusters through random
 * trouble, one short match after another, and checks what must always hold. A seed such as "raft-1-7" plays that run alone.
 */
await command(async () => {
  const { values, positionals } = readOptions({
    seconds: { type: "string", default: "60" },
    seed: { type: "string", default: "1" },
    only: { type: "string" },
    json: { type: "boolean", default: false },
  });
  if (positionals.length > 0) throw new Misuse(`"${positionals[0]}" is no option: a seed is named with --seed.`);
  const { seed, only, json } = values;
  const seconds = wholeNumber("seconds", values.seconds, 1);
  if (only !== undefined && !SUBJECTS.some((subject) => subject === only))
    throw new Misuse(`There is no subject "${only}"; there are ${SUBJECTS.join(", ")}.`);
  const { tally, failure } = namesOneRun(seed)
    ? oneRun(seed)
    : soak({
        seed,
        subjects: only === undefined ? SUBJECTS : [only],
        seconds,
        clockMs: now,
        shrinkSeconds: SHRINK_SECONDS,
        passed: json ? () => {} : progress(),
      });
  console.log(json ? JSON.stringify(plain(tally, failure), null, 2) : summary(tally, failure));
  return failure === null && neverWeaker(tally).length === 0 ? 0 : 1;
});

function now(): number {
  return performance.now();
}

function oneRun(seed: string): { tally: Tally; failure: Failure | null } {
  const tally = emptyTally();
  return { failure: soakOnce(seed, tally, { clockMs: now, shrinkSeconds: SHRINK_SECONDS }), tally };
}

/** Says every few seconds how far it is. */
function progress(): (tally: Tally) => void {
  let saidMs = now();
  return (tally) => {
    if (now() - saidMs < PROGRESS_MS) return;
    saidMs = now();
    console.log(progressLine(tally));
  };
}

function summary(tally: Tally, failure: Failure | null): string {
  const done = [
    `${progressLine(tally)}, ${tally.operations} operations`,
    countsLine("subjects", tally.subjects),
    countsLine("faults", tally.faults),
    countsLine("intents", tally.intents),
    "",
    stopTable(tally),
  ];
  const weaker = neverWeaker(tally);
  if (failure === null) return [...done, "", ...(weaker.length === 0 ? ["Nothing broke."] : weaker)].join("\n");
  const { smallest } = failure;
  const schedule = stringify({ ...smallest.sketch, wishes: smallest.wishes }, { collectionStyle: "flow", lineWidth: 120 });
  return [...done, "", failure.sentence, `replay: npm run soak -- --seed ${failure.seed}`, "The least that breaks it:", schedule].join("\n");
}

function plain(tally: Tally, failure: Failure | null): object {
  const { subjects, faults, intents, stops, ...figures } = tally;
  return {
    ...figures,
    subjects: Object.fromEntries(subjects),
    faults: Object.fromEntries(faults),
    intents: Object.fromEntries(intents),
    stops: Object.fromEntries(stops),
    neverWeaker: neverWeaker(tally),
    failure: failure === null ? null : { ...failure, replay: `npm run soak -- --seed ${failure.seed}` },
  };
}
