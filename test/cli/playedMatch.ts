import { type Played, playAgain } from "../../server/cli/export/played.ts";
import { findLevel } from "../../server/cli/commandLine.ts";
import type { MatchFile } from "../../shared/wire/matchFile.ts";
import { Match, SIM_VERSION } from "../../shared/match/match.ts";
import { advanceWith } from "../../shared/match/policyRun.ts";
import { ROLES } from "../../shared/match/roles.ts";
import { policyOf } from "../../shared/match/standardPolicies.ts";

/** The file of a match that a policy played, ended early when `untilMs` is before the level's end. */
export async function matchFileBy(path: string, { policy = "idle", seed = "1", untilMs = Infinity } = {}): Promise<MatchFile> {
  const level = await findLevel(path);
  const crew = [{ name: policy, roles: [...ROLES] }];
  const match = new Match(level, seed, crew);
  advanceWith(match, policyOf(level, policy)!, Math.min(untilMs, level.lasts));
  if (!match.over) match.end();
  return {
    format: "split-brain-match/1",
    simVersion: SIM_VERSION,
    level: { id: level.id, version: level.version },
    seed,
    crew,
    ticks: match.tick,
    log: match.log,
    marks: [...match.marks],
    hash: match.stateHash(),
    score: match.debrief().score,
  };
}

/** A match that was played by a policy and then again from its file, with everything followed. */
export async function playedBy(path: string, how: Parameters<typeof matchFileBy>[1] = {}): Promise<Played> {
  return playAgain(await matchFileBy(path, how), await findLevel(path), undefined);
}
