import type { OperationKind } from "../core/operations.ts";
import { usOf, type Us } from "../core/time.ts";
import type { Operation } from "../history/operation.ts";
import { cartHistory } from "./cartHistory.ts";
import type { Blame, Checker } from "./checker.ts";
import { Growing } from "./growing.ts";
import { perKey, type KeyCheck } from "./perKey.ts";
import { durationText } from "./telling.ts";
import { witnessOf } from "./writtenValue.ts";

/** What clients ask of a count. */
const COUNT_KINDS: readonly OperationKind[] = ["increment", "read"];

/**
 * A count may be behind, but not for longer than `boundMs`, and counts nothing twice: every increment that was
 * acknowledged longer ago is in it, and it is no more than all increments that were asked for by then.
 */
export const countsWithin = {
  guarantee: "countsWithin",
  promise: "A count has every increment that is older than the bound, and none twice.",
  source: "Jepsen's counter test; bounds on staleness: Bailis & Ghodsi 2013, Eventual consistency today, section 4.",
  kinds: COUNT_KINDS,
  begin: ({ boundMs = 0 }) => perKey((key) => countCheck(key, usOf(boundMs))),
  accepted: cartHistory("a counts 2 at 0..10", "b counts 3 at 5..20", "c reads 2 at 15..18", "c reads 5 at 30..40"),
  rejected: cartHistory("a counts 2 at 0..10", "b reads 0 at 9000..9010"),
} satisfies Checker;

/** Increments of one key: what was asked for and not refused, and of it what was acknowledged. */
function countCheck(key: number, boundUs: Us): KeyCheck {
  const asked = new Map<number, Operation>();
  /** Sums of what was asked for, up and down. */
  const total = { up: 0, down: 0 };
  /** The same of what was acknowledged, by the time of the acknowledgement. */
  const sure = { up: new Growing(), down: new Growing() };

  const count = ({ argument }: Operation, times: 1 | -1): void => {
    total[wayOf(argument!)] += times * argument!;
  };
  const observe = (read: Operation): Blame | undefined => {
    const told = read.result ?? 0;
    const dueUs = read.invokedAtUs - boundUs;
    if (told < sure.up.before(dueUs) + total.down) return tooLow(read, key, { asked, dueUs, boundUs });
    return told > total.up + sure.down.before(dueUs) ? tooHigh(read, key, asked) : undefined;
  };

  return {
    invoked(operation) {
      if (operation.kind !== "increment") return;
      asked.set(operation.id, operation);
      count(operation, 1);
    },
    completed(operation) {
      const { kind, outcome, argument, completedAtUs, id } = operation;
      if (kind === "read") return outcome === "ok" ? observe(operation) : undefined;
      if (outcome === "fail" && asked.delete(id)) count(operation, -1);
      if (outcome === "ok") {
        asked.set(id, operation);
        sure[wayOf(argument!)].add(completedAtUs, argument!);
      }
      return undefined;
    },
    atTheEnd: () => [],
    doubt: undefined,
  };
}

function wayOf(amount: number): "up" | "down" {
  return amount < 0 ? "down" : "up";
}

interface Due {
  /** Increments by id, as far as they are known to have ended. */
  readonly asked: ReadonlyMap<number, Operation>;
  readonly dueUs: Us;
  readonly boundUs: Us;
}

function tooLow(read: Operation, key: number, { asked, dueUs, boundUs }: Due): Blame {
  const isDue = ({ outcome, completedAtUs }: Operation): boolean => outcome === "ok" && completedAtUs < dueUs;
  const proof = [...asked.values()].filter((operation) => isDue(operation) || operation.argument! < 0);
  return {
    name: "lostUpdate",
    operation: read.id,
    witness: witnessOf(...proof.map(({ id }) => id), read.id),
    sentence: `Client ${read.session} was told a count of ${read.result ?? 0} for key ${key}, less than what was acknowledged more than ${durationText(boundUs)} before.`,
  };
}

function tooHigh(read: Operation, key: number, asked: ReadonlyMap<number, Operation>): Blame {
  return {
    name: "outOfBounds",
    operation: read.id,
    witness: witnessOf(...asked.keys(), read.id),
    sentence: `Client ${read.session} was told a count of ${read.result ?? 0} for key ${key}, more than all that anybody had asked to count.`,
  };
}
