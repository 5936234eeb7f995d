import * as fc from "fast-check";
import { expect, test } from "vitest";
import { fold, load, streamsDisk, UNBORN, type StreamChange, type Streams } from "../../shared/components/eventStore/streams.ts";

/** Appends to two streams in two schemas, with snapshots and crashes at any time. */
const step = fc.record({ key: fc.nat(1), schema: fc.integer({ min: 1, max: 2 }), next: fc.constantFrom("nothing", "snapshot", "crash") });

function played(steps: readonly { key: number; schema: number; next: string }[]): Streams {
  let streams = streamsDisk.empty();
  for (const [operation, { key, schema, next }] of steps.entries()) {
    const append: StreamChange = { type: "append", key, event: { value: operation, operation, schema } };
    streamsDisk.apply(streams, append);
    if (next === "snapshot") streamsDisk.apply(streams, { type: "snapshot", key, snapshot: { aggregate: load(streams, key, schema), schema } });
    if (next === "crash") streams = streamsDisk.copy(streams);
  }
  return streams;
}

test("an aggregate from its snapshot and what happened since is the one folded from the start", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const streams = played(steps);
      for (const key of [0, 1]) {
        for (const schema of [1, 2]) expect(load(streams, key, schema)).toEqual(fold(UNBORN, streams.events.get(key) ?? []));
      }
    }),
    { numRuns: 1_000 },
  );
});

test("the log of all streams tells each of them in its order, and every event once", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const streams = played([...steps, ...steps]);
      for (const key of [0, 1]) {
        const told = streams.feed.filter((entry) => entry.key === key).map(({ value }) => value);
        expect(told).toEqual((streams.events.get(key) ?? []).map(({ value }) => value));
      }
      expect(streams.feed.map(({ position }) => position)).toEqual(streams.feed.map((_, place) => place + 1));
    }),
    { numRuns: 300 },
  );
});
