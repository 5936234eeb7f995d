import { playScenario } from "./play.ts";
import { drawScenario, SUBJECTS } from "./scenario.ts";
import { shrink, type Trial } from "./shrink.ts";
import type { Scenario } from "./sketch.ts";
import { addRun, emptyTally, type Tally } from "./tally.ts";

/** A run that broke something: what, and the smallest scenario found that breaks it too. */
export interface Failure {
  readonly seed: string;
  readonly sentence: string;
  readonly smallest: Scenario;
}

/** How a soak goes. The clock is the caller's, in ms. */
export interface Soaking {
  readonly seed: string;
  /** One subject, or all in turn. */
  readonly subjects: readonly string[];
  readonly seconds: number;
  clockMs(): number;
  /** How long a failing scenario may be shrunk. */
  readonly shrinkSeconds: number;
  /** Told after every run. */
  passed(tally: Tally): void;
}

/** Plays run after run, each with a seed of its own, until one breaks something or the time is up. */
export function soak(soaking: Soaking): { tally: Tally; failure: Failure | null } {
  const { seed, subjects, seconds, clockMs, passed } = soaking;
  const tally = emptyTally();
  const untilMs = clockMs() + seconds * 1_000;
  for (let run = 0; clockMs() < untilMs; run++) {
    const subject = subjects[run % subjects.length]!;
    const failure = soakOnce(`${subject}-${seed}-${Math.floor(run / subjects.length)}`, tally, soaking);
    if (failure !== null) return { tally, failure };
    passed(tally);
  }
  return { tally, failure: null };
}

/** Plays the run of one seed, such as "raft-1-7"; what it breaks is shrunk. */
export function soakOnce(seed: string, tally: Tally, soaking: Pick<Soaking, "clockMs" | "shrinkSeconds">): Failure | null {
  const { clockMs, shrinkSeconds } = soaking;
  const scenario = drawScenario(seed);
  try {
    addRun(tally, scenario, playScenario(scenario));
    return null;
  } catch (cause) {
    const untilMs = clockMs() + shrinkSeconds * 1_000;
    return { seed, sentence: sentenceOf(cause), smallest: shrink(scenario, tryScenario, () => clockMs() > untilMs) };
  }
}

/** What a scenario breaks, as one sentence; null when it breaks nothing. */
export const tryScenario: Trial = (scenario) => {
  try {
    playScenario(scenario);
    return null;
  } catch (cause) {
    return sentenceOf(cause);
  }
};

function sentenceOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

/** True for a seed that names one run: it begins with a subject. */
export function namesOneRun(seed: string): boolean {
  return seed.includes("-") && SUBJECTS.some((subject) => seed.startsWith(`${subject}-`));
}
