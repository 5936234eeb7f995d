import { invariant } from "../core/invariant.ts";
import type { Us } from "../core/time.ts";
import type { Operation } from "./operation.ts";

/** A client asks, or is told how that ended. */
export interface Moment {
  readonly operation: Operation;
  readonly asks: boolean;
  readonly atUs: Us;
}

/**
 * The questions of a history and their ends in one row, as a format without trustworthy times needs them. Of what
 * happened in the same microsecond questions come first, because nothing tells that one was asked after another had ended;
 * but a session is told an end before it asks anew. A question that is open has no end.
 */
export function* momentsOf(operations: readonly Operation[]): Generator<Moment> {
  const asked = operations.map((operation) => ({ operation, asks: true, atUs: operation.invokedAtUs }));
  const ends = operations
    .filter(({ completedAtUs }) => completedAtUs !== Infinity)
    .map((operation) => ({ operation, asks: false, atUs: operation.completedAtUs }));
  const inTime = [...asked, ...ends].toSorted((one, other) => one.atUs - other.atUs);
  const open = new Map<number, number>();
  for (let from = 0; from < inTime.length; ) {
    let until = from;
    while (inTime[until]?.atUs === inTime[from]!.atUs) until++;
    yield* oneAfterTheOther(inTime.slice(from, until), open);
    from = until;
  }
}

/** Puts what happened at once in an order in which no session has two questions open. */
function* oneAfterTheOther(moments: Moment[], open: Map<number, number>): Generator<Moment> {
  for (let waiting = moments; waiting.length > 0; ) {
    const later: Moment[] = [];
    for (const moment of waiting) {
      const { id, session } = moment.operation;
      const comes = moment.asks ? !open.has(session) : open.get(session) === id;
      if (!comes) later.push(moment);
      else if (moment.asks) open.set(session, id);
      else open.delete(session);
      if (comes) yield moment;
    }
    invariant(later.length < waiting.length, "history: an operation ended before it was asked");
    waiting = later;
  }
}
