import { isRefusal } from "../../../shared/core/refusal.ts";
import { invariant } from "../../../shared/core/invariant.ts";
import { parseLevel } from "../../../shared/level/parse.ts";
import type { Level, LevelFile } from "../../../shared/level/schema.ts";
import { Intent } from "../../../shared/match/intent.ts";

/** One line of a level file, as it is written there. */
export type Line = Readonly<Record<string, unknown>>;

/** What is drawn of a level: the lines that differ from run to run, as they stand in a file. */
export interface Sketch {
  readonly zones: readonly string[];
  readonly links: Readonly<Record<string, Line>>;
  readonly nodes: Readonly<Record<string, Line>>;
  readonly components: Readonly<Record<string, Line>>;
  readonly workload: readonly Line[];
  readonly contract: Readonly<Record<string, Line>>;
  readonly faults: readonly Line[];
}

/** What an operator asks for at a tick. */
export interface Wish {
  readonly tick: number;
  readonly intent: Intent;
}

/** Everything that makes a run: the same scenario is the same run, to the bit. */
export interface Scenario {
  readonly seed: string;
  /** What it is about: a protocol, or a kind of product. */
  readonly kind: string;
  readonly sketch: Sketch;
  readonly wishes: readonly Wish[];
}

/** Trouble comes from here on, ms of simulated time. */
export const TROUBLE_MS = 1_000;
/** All faults are over, and operators begin to put right what they did. */
export const HEALED_MS = 8_000;
/** The crowd has gone home: what it left in queues is worked off. */
export const QUIET_MS = 11_000;
/** The cluster must have come back to life: from now on few clients ask, and they must be answered. */
export const SETTLED_MS = 16_000;
/** The match ends. */
export const ENDS_MS = 19_000;

const VERBS = Intent.options.map(({ shape }) => shape.verb.value);

/** A level out of a sketch, through the same door as every level file. */
export function levelOf({ seed, sketch }: Scenario): Level {
  const text = JSON.stringify(fileOf(sketch));
  const level = parseLevel(text, `${seed}.yaml`);
  invariant(!isRefusal(level), `soak: the level of ${seed} is none: ${isRefusal(level) ? level.sentence : ""}`);
  return level;
}

/** True when a sketch makes a level at all: shrinking tries some that don't. */
export function isLevel(sketch: Sketch): boolean {
  return !isRefusal(parseLevel(JSON.stringify(fileOf(sketch)), "00-sketch.yaml"));
}

function fileOf(sketch: Sketch): Record<keyof Omit<LevelFile, "$schema" | "chaos" | "within" | "teams" | "handOver" | "prices">, unknown> {
  return {
    version: 1,
    title: "Soak",
    teaches: ["F5"],
    operators: "1-8",
    lasts: `${ENDS_MS}ms`,
    briefing: "Whatever can happen happens.",
    ...sketch,
    slo: { availability: "90%", correctness: "90%" },
    verbs: VERBS.filter((verb) => verb !== "ping" && verb !== "take"),
    crews: 4,
    budget: 10_000,
    par: { spend: 10_000 },
    policies: { reference: [] },
    gates: { loses: ["idle"], taught: "restart" },
    debrief: "It is over.",
  };
}
