import { refusal, type Refusal } from "../core/refusal.ts";
import type { Level } from "../level/schema.ts";
import { SIM_VERSION, TICK_MS } from "./match.ts";

/** What decides whether a recorded match can be played again: the part of a match file that is not its end. */
export interface Recorded {
  readonly simVersion: number;
  readonly level: { readonly id: string; readonly version: number };
  readonly crew: readonly unknown[];
  readonly ticks: number;
  readonly log: readonly { readonly tick: number; readonly operator: number }[];
}

/** Why a recorded match can't be played again on this level by these rules, in one sentence; null when it can. */
export function refuseReplay(recorded: Recorded, level: Level): Refusal | null {
  return refuseRules(recorded) ?? refuseLevel(recorded, level) ?? refuseLog(recorded, level);
}

/** Only the same version of the rules plays the same match. */
export function refuseRules({ simVersion }: Recorded): Refusal | null {
  if (simVersion === SIM_VERSION) return null;
  const versions = `under version ${simVersion} of the rules, and this is version ${SIM_VERSION}`;
  return refusal("otherRules", `The match was played ${versions}: only the same version plays the same match.`);
}

/** A changed level is another level. */
export function refuseLevel({ level: { id, version } }: Recorded, level: Level): Refusal | null {
  if (version === level.version) return null;
  return refusal(
    "otherLevel",
    `The match was played on version ${version} of ${id}, and this is version ${level.version}.`,
  );
}

/** A log that no match can have written is a mistake, not a divergence. */
export function refuseLog({ log, ticks, crew }: Recorded, level: Level): Refusal | null {
  const last = level.lasts / TICK_MS;
  const no = (sentence: string): Refusal => refusal("badLog", sentence);
  if (ticks > last) return no(`The match file has ${ticks} ticks, and ${level.id} is over after ${last}.`);
  if (crew.length === 0) return no("The match file names no crew.");
  for (const [place, { tick, operator }] of log.entries()) {
    const entry = `log[${place}] of the match file`;
    if (tick < (log[place - 1]?.tick ?? 0)) return no(`${entry} goes back in time, to tick ${tick}.`);
    if (tick > ticks) return no(`${entry} is of tick ${tick}, after the end at tick ${ticks}.`);
    if (operator >= crew.length) return no(`${entry} is by operator ${operator}, who has no seat.`);
  }
  return null;
}
