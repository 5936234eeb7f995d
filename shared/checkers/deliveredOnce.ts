import { usOf, type Us } from "../core/time.ts";
import type { Operation } from "../history/operation.ts";
import type { Blame, Checker } from "./checker.ts";
import { ELEMENT_KINDS, elementCheck, foundText, type Element, type ElementRule } from "./elementCheck.ts";
import { elementsHistory } from "./elementsHistory.ts";
import { missedOrder } from "./missedOrder.ts";
import { perKey } from "./perKey.ts";
import { durationText } from "./telling.ts";
import { witnessOf } from "./writtenValue.ts";

/** How long what was accepted may take to show before its absence counts as a loss, unless told otherwise. */
const SETTLE_MS_DEFAULT = 5_000;

/**
 * What was accepted takes effect exactly once, as far as a client can see:
 * - an answer that lists an element twice is wrong, at once;
 * - an element is lost when, at the end, some answer was asked for more than `settleMs` after it was accepted, and after
 *   it was seen last, and does not show it: its "accepted" was the wrong answer.
 */
export const deliveredOnce = {
  guarantee: "deliveredOnce",
  promise: "What was accepted takes effect once: it is neither lost nor repeated.",
  source: "Lost and duplicated elements of Jepsen's set-full and queue checkers; Kreps, Narkhede & Rao 2011, section 3.3 (delivery guarantees).",
  kinds: ELEMENT_KINDS,
  begin: ({ settleMs = SETTLE_MS_DEFAULT }) => perKey((key) => elementCheck(key, deliveredOnceRule(usOf(settleMs)))),
  accepted: elementsHistory("a hands over 1 at 0..10", "b finds nothing at 20..30", "b finds 1 at 9000..9010"),
  rejected: elementsHistory("a hands over 1 at 0..10", "b finds 1, 1 at 20..30"),
} satisfies Checker;

function deliveredOnceRule(settleUs: Us): ElementRule {
  return {
    observed(read, values, elements) {
      const twice = values.find((value, place) => values.indexOf(value) !== place);
      return twice === undefined ? undefined : repeated(read, elements.get(twice)!);
    },
    atTheEnd(elements, last) {
      if (last === undefined) return [];
      return [...elements]
        .filter(({ acknowledgedAtUs, lastSeenUs }) => last.invokedAtUs > Math.max(acknowledgedAtUs, lastSeenUs) + settleUs)
        .map((element) => lost(element, last));
    },
  };
}

function repeated(read: Operation, { value, publish, session }: Element): Blame {
  return {
    name: "duplicateElement",
    operation: read.id,
    witness: witnessOf(publish, read.id),
    sentence: `${foundText(read)}, with ${value} more than once: client ${session} had handed it over once.`,
  };
}

function lost({ value, publish, session, acknowledgedAtUs }: Element, last: Operation): Blame {
  const after = durationText(last.invokedAtUs - acknowledgedAtUs);
  return {
    name: "lostElement",
    operation: publish,
    witness: witnessOf(publish, last.id),
    sentence: `Client ${session} was told that ${value} under key ${last.key} had been accepted, but ${after} later it was not to be found.`,
    order: missedOrder(publish, last.id),
  };
}
