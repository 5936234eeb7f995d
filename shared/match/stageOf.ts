import type { Guarantee } from "../checkers/registry.ts";
import type { Instrumentation } from "./instrumentation.ts";
import type { LoggedIntent, VerbName } from "./intent.ts";
import type { Jobs } from "./jobs.ts";
import type { Match } from "./match.ts";
import type { Show } from "./show.ts";
import { verbOf } from "./verbs/registry.ts";
import type { Stage } from "./verbs/verb.ts";

export interface StageSetup {
  readonly match: Match;
  readonly jobs: Jobs;
  readonly show: Show;
  /** Intents that were accepted and begin at the next tick. */
  readonly waiting: readonly LoggedIntent[];
  readonly instrumentation: Instrumentation;
}

/** What the verbs of a match may look at and touch. */
export function stageOf({ match, jobs, show, waiting, instrumentation }: StageSetup): Stage {
  const stage: Stage = {
    cluster: match.cluster,
    get clockMs() {
      return match.clockMs;
    },
    get moneyLeft() {
      return match.level.budget - match.spent;
    },
    get crewsFree() {
      const leaving = waiting.filter(({ intent }) => intent.verb === "repairLink").length;
      return match.level.crews - jobs.count("repairLink") - leaving;
    },
    // What was accepted a moment ago and begins at the next tick counts too.
    isBusy: (verb, at) => jobs.isBusy(verb, at) || isWaiting(verb, at),
    ping: (by, at, word) => show.ping(by, at, word, match.clockMs),
    instrumentation,
    owners: match.owners,
    nameOf: (operator) => match.operators[operator]?.name ?? "somebody",
    get calls() {
      return show.pings;
    },
    vote: (by, ping, aye) => show.vote(by, ping, aye),
    hasClaim: (component, guarantee) => match.claims.has(component, guarantee),
    claim: (by, component, guarantee) => match.claims.add(by, component, guarantee as Guarantee),
    get alerts() {
      return match.pager.alerts;
    },
    take: (by, alert) => match.pager.take(alert, by),
  };
  const isWaiting = (verb: VerbName, at: string): boolean =>
    waiting.some(({ intent }) => intent.verb === verb && verbOf(verb).at(stage, intent) === at);
  return stage;
}
