import type { Storage } from "../../server/storage/storage.ts";
import type { LoggedIntent } from "../../shared/match/intent.ts";
import { SIM_VERSION, type CrewMember } from "../../shared/match/match.ts";
import { WhatIf } from "../../shared/match/whatIf.ts";
import { TICK_MS } from "../../shared/core/time.ts";
import { readLevel } from "../match/level.ts";

/** What a match in the house's storage is played by. */
export interface Plan {
  /** From the root of the repository. */
  readonly level: string;
  readonly seed: string;
  readonly crew: readonly CrewMember[];
  readonly log: readonly LoggedIntent[];
}

/** Plays a match by a plan and puts it where the server keeps what was played; answers with its id. */
export async function storeMatch(storage: Storage, plan: Plan, id: string): Promise<string> {
  const level = readLevel(plan.level);
  const again = new WhatIf({ ...plan, level, ticks: level.lasts / TICK_MS });
  const { debrief } = again.outcome();
  const { seed, crew } = plan;
  const { id: levelId, version: levelVersion } = level;
  const record = { id, code: "KELP-472", mode: "shift" as const, levelId, levelVersion, seed, crew, simVersion: SIM_VERSION, startedAtMs: 0 };
  await storage.beginMatch(record, []);
  for (const [ordinal, logged] of again.match.log.entries()) await storage.appendIntent(id, ordinal, logged);
  await storage.finishMatch(id, {
    ticks: again.match.tick,
    score: debrief.score,
    stars: debrief.stars.filter(({ won }) => won).length,
    stateHash: debrief.stateHash,
    marks: again.match.marks,
    counts: debrief.counts,
    endedAtMs: 1,
  });
  return id;
}
