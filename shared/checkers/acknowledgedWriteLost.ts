import { usOf, type Us } from "../core/time.ts";
import type { Operation } from "../history/operation.ts";
import { historyOf } from "../history/shorthand.ts";
import type { Blame, Checker } from "./checker.ts";
import { LastWord, type Sighting } from "./lastWord.ts";
import { NewestByTime } from "./newestByTime.ts";
import { perKey } from "./perKey.ts";
import { plainRegisterCheck, type RegisterRule } from "./registerCheck.ts";
import { durationText, toldText } from "./telling.ts";
import { isOlder, proofOfEffect, witnessOf, type WrittenValue } from "./writtenValue.ts";
import { REGISTER_KINDS } from "./registerKinds.ts";
import { registerOrder } from "./registerOrder.ts";

/** How long a store may take to show a write everywhere before its absence counts as a loss, unless told otherwise. */
const SETTLE_MS_DEFAULT = 5_000;

/**
 * What was acknowledged stays. Stale reads are allowed; losing the write is not. A client can see a loss in two ways:
 * - a successful cas replaced a value that is older than a write acknowledged before it began, or that another
 *   successful cas had replaced: the cas is blamed, at once;
 * - at the end of the history every read that began more than `settleMs` after the acknowledgement, and there is one,
 *   returned a value older than the write: the write is blamed, because its "yes" was the wrong answer.
 * Simplified: a write that was overwritten before anybody missed it counts as kept, since no client could tell.
 */
export const acknowledgedWriteLost = {
  guarantee: "acknowledgedWriteLost",
  promise: "A write that was acknowledged is never thrown away.",
  source: "Lost elements of Jepsen's set-full checker; lost update: Berenson et al. 1995, section 4.1.",
  kinds: REGISTER_KINDS,
  begin: ({ settleMs = SETTLE_MS_DEFAULT }) =>
    perKey((key) => plainRegisterCheck(key, acknowledgedWriteLostRule(usOf(settleMs))), registerOrder()),
  accepted: historyOf(
    "a writes 1 at 0..10",
    "b writes 2 at 20..30",
    "c reads 1 at 9000..9010",
    "c reads 2 at 9100..9110",
  ),
  rejected: historyOf("a writes 1 at 0..10", "b writes 2 at 20..30", "c reads 1 at 9000..9010"),
} satisfies Checker;

function acknowledgedWriteLostRule(settleUs: Us): RegisterRule {
  const acknowledged: WrittenValue[] = [];
  const newest = new NewestByTime();
  const updates = new Map<WrittenValue, Update>();
  const lastWord = new LastWord();
  return {
    observed(operation, seen) {
      if (operation.kind !== "cas") return undefined;
      const other = updates.get(seen);
      if (other !== undefined) return lostUpdate(operation, other, [seen.write]);
      const newer = newest.before(operation.invokedAtUs);
      if (newer === undefined || !isOlder(seen, newer)) return undefined;
      return lostUpdate(operation, newer, proofOfEffect(seen, newer.startUs));
    },
    accepted(operation, seen) {
      lastWord.add({ startUs: operation.invokedAtUs, value: seen, read: operation.id });
      if (operation.kind !== "cas") return;
      updates.set(seen, { write: operation.id, session: operation.session, value: operation.argument });
    },
    acknowledged(_operation, value) {
      acknowledged.push(value);
      newest.add(value, value.acknowledgedAtUs);
    },
    atTheEnd: () =>
      acknowledged.flatMap((write) => lostWrite(write, lastWord.since(write.acknowledgedAtUs + settleUs))),
  };
}

/** A write that an update passed over. */
type Update = Pick<WrittenValue, "write" | "session" | "value">;

function lostUpdate(operation: Operation, lost: Update, proof: readonly number[]): Blame {
  return {
    name: "lostUpdate",
    operation: operation.id,
    witness: witnessOf(...proof, lost.write, operation.id),
    sentence: `${toldText(operation)}, which threw away ${lost.value} from client ${lost.session}, acknowledged before.`,
  };
}

function lostWrite(write: WrittenValue, last: Sighting | undefined): Blame[] {
  if (last === undefined || !isOlder(last.value, write)) return [];
  const saw = last.value.value === null ? "nothing at all" : `the older ${last.value.value}`;
  const after = durationText(last.startUs - write.acknowledgedAtUs);
  return [
    {
      name: "lostUpdate",
      operation: write.write,
      witness: witnessOf(...proofOfEffect(last.value, write.startUs), write.write, last.read),
      sentence: `Client ${write.session} was told that its write of ${write.value} had been stored, but ${after} later the key held ${saw}, and the write was never seen again.`,
    },
  ];
}
