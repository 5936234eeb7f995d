import { mutates, operations } from "../core/operations.ts";
import type { Us } from "../core/time.ts";
import type { Operation } from "../history/operation.ts";
import type { Blame } from "./checker.ts";
import type { KeyCheck } from "./perKey.ts";
import { witnessOf } from "./writtenValue.ts";

/** An element that somebody handed over under a key, and what clients could know of it so far. */
export interface Element {
  readonly value: number;
  /** Id of the operation that handed it over. */
  readonly publish: number;
  readonly session: number;
  readonly startUs: Us;
  /** When it was accepted; Infinity before that, and for ever when its outcome stays unknown. */
  acknowledgedAtUs: Us;
  /** The client was told that it was not accepted. */
  failed: boolean;
  /** The first answer that showed it, −1 while there is none. */
  seenBy: number;
  /** When the last answer that showed it was asked for; −Infinity while there is none. */
  lastSeenUs: Us;
}

/** What one guarantee says about answers that list the elements of a key. */
export interface ElementRule {
  /** An answer lists these elements, all of which were handed over. Returns the anomaly if it was not allowed to. */
  observed(read: Operation, values: readonly number[], elements: ReadonlyMap<number, Element>): Blame | undefined;
  /**
   * `last` is the accepted answer that was asked for last. Where none is accepted it is one with unexpected elements:
   * what it lacks, it lacks all the same.
   */
  atTheEnd?(elements: Iterable<Element>, last: Operation | undefined): readonly Blame[];
}

/** The operations of clients that hand over elements, and of those that ask for all elements of a key. */
export const ELEMENT_KINDS = ["publish", "append", "add", "upload", "read", "search"] as const;

/** The element of an operation: the fresh value that it carries, or for an upload the ticket that its client gets. */
export function elementOf({ id, kind, argument }: Operation): number {
  return operations[kind].argument === "fresh" && argument !== null ? argument : id + 1;
}

/** The beginning of a sentence: what a client found. */
export function foundText({ session, key, results }: Operation): string {
  const found = results === null || results.length === 0 ? "nothing" : results.length > 6 ? `${results.length} elements` : results.join(", ");
  return `Client ${session} found ${found} under key ${key}`;
}

/**
 * The check of one key under a rule. It judges by itself what every guarantee forbids: elements that nobody handed over,
 * or whose client had been told that they were not accepted.
 */
export function elementCheck(key: number, rule: ElementRule): KeyCheck {
  const elements = new Map<number, Element>();
  /** The answer that was asked for last, of those that are accepted and of those that show something unexpected. */
  let last: Operation | undefined;
  let lastStrange: Operation | undefined;
  let doubt: string | undefined;

  const observe = (read: Operation): Blame | undefined => {
    const values = read.results ?? [];
    const strange = unexpected(read, values, elements);
    const anomaly = strange ?? rule.observed(read, values, elements);
    if (strange !== undefined) lastStrange = later(lastStrange, read);
    if (anomaly !== undefined) return anomaly;
    last = later(last, read);
    for (const value of values) {
      const element = elements.get(value)!;
      element.lastSeenUs = Math.max(element.lastSeenUs, read.invokedAtUs);
      if (element.seenBy < 0) element.seenBy = read.id;
    }
    return undefined;
  };

  return {
    invoked(operation) {
      if (!mutates(operation.kind)) return;
      const value = elementOf(operation);
      if (elements.has(value)) doubt ??= `Element ${value} was handed over twice under key ${key}, so nobody can tell the one from the other.`;
      else elements.set(value, begun(operation, value));
    },

    completed(operation) {
      if (operation.outcome === "unknown" || doubt !== undefined) return undefined;
      if (!mutates(operation.kind)) return operation.outcome === "ok" ? observe(operation) : undefined;
      const element = elements.get(elementOf(operation))!;
      if (operation.outcome === "ok") element.acknowledgedAtUs = operation.completedAtUs;
      else if (element.seenBy >= 0) return refusedAndSeen(operation, element);
      else element.failed = true;
      return undefined;
    },

    atTheEnd: () => (doubt === undefined ? (rule.atTheEnd?.(elements.values(), last ?? lastStrange) ?? []) : []),
    get doubt() {
      return doubt;
    },
  };
}

function later(read: Operation | undefined, other: Operation): Operation {
  return read === undefined || other.invokedAtUs >= read.invokedAtUs ? other : read;
}

function begun({ id, session, invokedAtUs }: Operation, value: number): Element {
  const unseen = { acknowledgedAtUs: Infinity, failed: false, seenBy: -1, lastSeenUs: -Infinity };
  return { value, publish: id, session, startUs: invokedAtUs, ...unseen };
}

function unexpected(read: Operation, values: readonly number[], elements: ReadonlyMap<number, Element>): Blame | undefined {
  const stranger = values.find((value) => elements.get(value)?.failed !== false);
  if (stranger === undefined) return undefined;
  const element = elements.get(stranger);
  return {
    name: "unexpectedElement",
    operation: read.id,
    witness: witnessOf(element?.publish ?? -1, read.id),
    sentence: element
      ? `${foundText(read)}, but client ${element.session} had been told that ${stranger} was not accepted.`
      : `${foundText(read)}, but nobody had handed over ${stranger} there.`,
  };
}

function refusedAndSeen({ id, session, key }: Operation, { value, seenBy }: Element): Blame {
  return {
    name: "unexpectedElement",
    operation: id,
    witness: witnessOf(id, seenBy),
    sentence: `Client ${session} was told that ${value} under key ${key} was not accepted, but it had already been seen.`,
  };
}
