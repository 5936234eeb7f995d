import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { NO_HANDLE, type EventQueue, type Handle } from "../../shared/sim/eventQueue.ts";
import { HeapQueue } from "../../shared/sim/heapQueue.ts";
import { TimingWheel } from "../../shared/sim/timingWheel.ts";

const queues: Record<string, () => EventQueue> = {
  HeapQueue: () => new HeapQueue(),
  TimingWheel: () => new TimingWheel(),
};

/** What is done to a queue: schedule so much later, cancel the n-th event ever scheduled, or take the next. */
type Step =
  | { readonly do: "schedule"; readonly delayUs: number }
  | { readonly do: "cancel"; readonly which: number }
  | { readonly do: "next" };

/** Delays of every size, and many alike, so that ties, bucket edges and every wheel come up; all below 2³² together. */
const delayUs = fc.oneof(
  fc.constantFrom(0, 1, 255, 256, 257, 65_535, 65_536, 16_777_215, 16_777_216),
  fc.nat(300),
  fc.nat(70_000),
  fc.nat(20_000_000),
);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant("schedule" as const), delayUs }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("cancel" as const), which: fc.nat(200) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("next" as const) }) },
);
const steps = fc.array(step, { minLength: 1, maxLength: 200 });

/** The plainest queue there can be: a list, searched each time. Says what each step must answer. */
function told(plan: readonly Step[]): string[] {
  const waiting: { atUs: number; id: number }[] = [];
  let nowUs = 0;
  let ids = 0;
  return plan.map((it) => {
    if (it.do === "schedule") {
      waiting.push({ atUs: nowUs + it.delayUs, id: ids++ });
      return `${waiting.length} wait`;
    }
    if (it.do === "cancel") {
      const place = waiting.findIndex(({ id }) => id === it.which);
      if (place >= 0) waiting.splice(place, 1);
      return place >= 0 ? "cancelled" : "nothing to cancel";
    }
    waiting.sort((a, b) => a.atUs - b.atUs || a.id - b.id);
    const first = waiting.shift();
    if (first === undefined) return "none";
    nowUs = first.atUs;
    return `${first.id} at ${first.atUs}`;
  });
}

function done(queue: EventQueue, plan: readonly Step[]): string[] {
  const handles: Handle[] = [];
  return plan.map((it) => {
    if (it.do === "schedule") {
      const id = handles.length;
      handles.push(queue.schedule(queue.atUs + it.delayUs, id % 256, id, 9_999 - id, { id }));
      return `${queue.size} wait`;
    }
    if (it.do === "cancel") return queue.cancel(handles[it.which] ?? NO_HANDLE) ? "cancelled" : "nothing to cancel";
    if (!queue.next()) return "none";
    const { kind, a, b, payload } = queue;
    expect({ kind, b, payload }).toEqual({ kind: a % 256, b: 9_999 - a, payload: { id: a } });
    return `${a} at ${queue.atUs}`;
  });
}

describe.each(Object.entries(queues))("%s", (_, make) => {
  test("takes events in the order of time, and of scheduling where times are equal, whatever is cancelled", () => {
    fc.assert(
      fc.property(steps, (plan) => {
        expect(done(make(), plan)).toEqual(told(plan));
      }),
      { seed: 1, numRuns: 1_500 },
    );
  });

  test("keeps that order when thousands wait and room has to grow", () => {
    const plan: Step[] = fc
      .sample(delayUs, { seed: 2, numRuns: 5_000 })
      .map((delay) => ({ do: "schedule", delayUs: delay }));
    const all: Step[] = [...plan, ...plan.map((): Step => ({ do: "next" }))];
    expect(done(make(), all)).toEqual(told(all));
  });

  test("a handle names one event once: of an event that fired or was cancelled it names nothing", () => {
    const queue = make();
    const fired = queue.schedule(1, 1, 0, 0, null);
    const cancelled = queue.schedule(2, 1, 1, 0, null);
    queue.next();
    expect(queue.cancel(cancelled)).toBe(true);
    // These take the places of the two.
    queue.schedule(3, 1, 2, 0, null);
    queue.schedule(4, 1, 3, 0, null);
    expect([queue.cancel(fired), queue.cancel(cancelled), queue.cancel(NO_HANDLE)]).toEqual([false, false, false]);
    expect(queue.size).toBe(2);
  });

  test("an event that is scheduled for now comes after those that wait for now", () => {
    const queue = make();
    queue.schedule(5, 1, 0, 0, null);
    queue.schedule(5, 1, 1, 0, null);
    queue.next();
    queue.schedule(5, 1, 2, 0, null);
    const order = [queue.a];
    while (queue.next()) order.push(queue.a);
    expect(order).toEqual([0, 1, 2]);
  });

  test("refuses the past, and parts of a microsecond", () => {
    const queue = make();
    queue.schedule(10, 1, 0, 0, null);
    queue.next();
    expect(() => queue.schedule(9, 1, 0, 0, null)).toThrow(/an event for 9 at 10/);
    expect(() => queue.schedule(10.5, 1, 0, 0, null)).toThrow(/10\.5/);
  });

  test("an hour ahead is no further than a second", () => {
    const queue = make();
    const times = [3_600_000_000, 4_294_967_295, 1_000_000, 0, 4_294_967_295];
    times.forEach((atUs, id) => queue.schedule(atUs, 1, id, 0, null));
    const order: number[] = [];
    while (queue.next()) order.push(queue.a);
    expect(order).toEqual([3, 2, 0, 1, 4]);
  });
});

describe("the timing wheel", () => {
  test("reaches twelve days ahead, in order", () => {
    const wheel = new TimingWheel();
    const days = [11, 0.1, 5, 5, 12, 0.0001, 1].map((day) => Math.round(day * 86_400_000_000));
    days.forEach((atUs, id) => wheel.schedule(atUs, 1, id, 0, null));
    const order: number[] = [];
    while (wheel.next()) order.push(wheel.a);
    expect(order).toEqual([5, 1, 6, 2, 3, 0, 4]);
  });
});
