import { msOf } from "../core/time.ts";
import type { OperationKind } from "../core/operations.ts";
import type { Outcome } from "../history/operation.ts";
import type { Bucket } from "./debrief.ts";
import type { Match } from "./match.ts";

/** What clients were told of one kind of operation of one component so far. */
export interface ClientTally {
  readonly component: string;
  readonly kind: OperationKind;
  /** Asked and not ended. */
  open: number;
  readonly ended: Record<Outcome, number>;
  readonly booked: Record<Bucket, number>;
  /** From question to answer, of those answered with ok, seconds. */
  readonly seconds: number[];
}

/** Counts everything that clients asked in a match so far, by component and kind, in the order in which they first came. */
export function tallyClients({ record }: Match): ClientTally[] {
  const tallies = new Map<string, ClientTally>();
  for (const { id, component, kind, outcome, invokedAtUs, completedAtUs } of record.history) {
    const tally = tallyIn(tallies, component, kind);
    const bucket = record.bucketOf(id);
    if (completedAtUs === Infinity || bucket === undefined) {
      tally.open++;
      continue;
    }
    tally.ended[outcome]++;
    tally.booked[bucket]++;
    if (outcome === "ok") tally.seconds.push(msOf(completedAtUs - invokedAtUs) / 1_000);
  }
  return [...tallies.values()];
}

function tallyIn(tallies: Map<string, ClientTally>, component: string, kind: OperationKind): ClientTally {
  const name = `${component}/${kind}`;
  let tally = tallies.get(name);
  if (tally === undefined) {
    const ended = { ok: 0, fail: 0, unknown: 0 };
    const booked = { served: 0, late: 0, refused: 0, unknown: 0, wrong: 0 };
    tallies.set(name, (tally = { component, kind, open: 0, ended, booked, seconds: [] }));
  }
  return tally;
}
