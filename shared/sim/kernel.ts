import { RollingHash } from "../core/hash.ts";
import { invariant } from "../core/invariant.ts";
import type { Us } from "../core/time.ts";
import type { EventQueue, Handle } from "./eventQueue.ts";
import { TimingWheel } from "./timingWheel.ts";

/** Kinds of events. Each has one owner, which says by `Kernel.on` what happens when its time comes. */
export const EVENT = {
  /** End of a `runUntil`; owned by the kernel. */
  horizon: 0,
  /** A message reaches a process. */
  deliver: 1,
  /** A timer of a process. */
  timer: 2,
  /** A CPU worker finished a job. */
  workDone: 3,
  /** A disk made a batch durable. */
  synced: 4,
  /** The next request of a workload source is due. */
  arrival: 5,
  /** A client stops waiting for an answer. */
  giveUp: 6,
  /** A fault of the schedule begins, ends, or shows its telegraph. */
  fault: 7,
  /** Work of an operator is finished, such as a repair. */
  job: 8,
} as const;

/** What happens at an event; `a`, `b` and `payload` as they were scheduled. */
export type EventRule = (a: number, b: number, payload: unknown) => void;

/**
 * The discrete-event kernel: simulated time in whole microseconds, events in the total order (time, sequence), and a
 * rolling hash of all that happened, by which a replay is compared.
 */
export class Kernel {
  readonly #queue: EventQueue;
  readonly #rules: EventRule[] = [];
  readonly #hash = new RollingHash();
  nowUs: Us = 0;
  /** Events so far. */
  events = 0;

  constructor(queue: EventQueue = new TimingWheel()) {
    this.#queue = queue;
  }

  /** Says what happens at events of a kind. Each kind has one owner. */
  on(kind: number, rule: EventRule): void {
    invariant(this.#rules[kind] === undefined, `kernel: event kind ${kind} has two owners`);
    this.#rules[kind] = rule;
  }

  /**
   * Has somebody look after every event that has an owner by now: at its kind and its `a`. For those who check what must
   * always hold; nobody who is not asked to look costs a match anything.
   */
  watch(look: (kind: number, a: number) => void): void {
    this.#rules.forEach((rule, kind) => {
      this.#rules[kind] = (a, b, payload) => {
        rule(a, b, payload);
        look(kind, a);
      };
    });
  }

  /** Schedules an event after a delay of whole or fractional microseconds; at least one microsecond passes. */
  after(delayUs: Us, kind: number, a: number, b: number, payload: unknown): Handle {
    return this.#queue.schedule(this.nowUs + Math.max(1, Math.round(delayUs)), kind, a, b, payload);
  }

  /** Schedules an event at a time not before now. */
  at(atUs: Us, kind: number, a: number, b: number, payload: unknown): Handle {
    return this.#queue.schedule(atUs, kind, a, b, payload);
  }

  cancel(handle: Handle): boolean {
    return this.#queue.cancel(handle);
  }

  /** Runs all events up to and including this time, and leaves the clock there. */
  runUntil(untilUs: Us): void {
    const queue = this.#queue;
    queue.schedule(untilUs, EVENT.horizon, 0, 0, null);
    while (queue.next()) {
      const { atUs, kind, a } = queue;
      this.nowUs = atUs;
      if (kind === EVENT.horizon && atUs === untilUs) break;
      this.events++;
      this.#hash.add(atUs * 16 + kind);
      this.#hash.add(a);
      this.#rules[kind]!(a, queue.b, queue.payload);
    }
  }

  /** Takes something into the hash that is not an event: an intent, an outcome. */
  stamp(value: number): void {
    this.#hash.add(value);
  }

  /** Takes a text into the hash. */
  stampText(text: string): void {
    this.#hash.addText(text);
  }

  /** Hash of everything that happened so far. */
  digest(): string {
    return this.#hash.digest();
  }
}
