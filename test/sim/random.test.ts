import { describe, expect, test } from "vitest";
import { RandomStreams, type Stream } from "../../shared/core/random.ts";

const MATCHES = 20_000;
const PARTS = 12;

/** Three streams of one match whose names differ in a letter or a digit, as those of its replicas, lanes and users do. */
const ALIKE: readonly [string, (streams: RandomStreams, match: number) => readonly Stream[]][] = [
  ["of replicas", (streams) => ["0", "1", "2"].map((replica) => streams.stream("replica", replica))],
  ["of lanes", (streams) => ["A", "B", "C"].map((zone) => streams.stream("latency", `${zone}>B`))],
  ["of purposes", (streams) => ["arrivals", "arriving", "arriver"].map((purpose) => streams.stream(purpose, "A"))],
  [
    "of numbered users",
    (_, match) => [0, 1, 2].map((user) => new RandomStreams("one").stream("user", String(3 * match + user))),
  ],
];

/**
 * How far the counts are from even ones, in standard deviations of a chi-squared of as many boxes: beyond 5 comes once in
 * a million.
 */
function unevenness(counts: readonly number[]): number {
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  const chiSquared = counts.reduce((sum, count) => sum + (count - mean) ** 2 / mean, 0);
  return (chiSquared - (counts.length - 1)) / Math.sqrt(2 * (counts.length - 1));
}

/** Over many matches, in which of 12³ boxes the draw of this number of three streams falls. */
function boxesOf(draw: number, streamsOf: (typeof ALIKE)[number][1]): readonly number[] {
  const counts = Array.from({ length: PARTS ** 3 }, () => 0);
  for (let match = 0; match < MATCHES; match++) {
    let box = 0;
    for (const stream of streamsOf(new RandomStreams(`match ${match}`), match)) {
      for (let earlier = 0; earlier < draw; earlier++) stream();
      box = box * PARTS + Math.floor(stream() * PARTS);
    }
    counts[box]! += 1;
  }
  return counts;
}

describe("streams whose names are alike have luck that is not", () => {
  describe.each(ALIKE)("%s", (_, streamsOf) => {
    test.each([0, 1, 2, 3])("draw %i", (draw) => {
      expect(Math.abs(unevenness(boxesOf(draw, streamsOf)))).toBeLessThan(5);
    });
  });
});

test("a stream asked for twice gives the same numbers again, and another name others", () => {
  const streams = new RandomStreams("again");
  const first = (entity: string): number[] => Array.from({ length: 5 }, streams.stream("luck", entity));
  expect(first("A")).toEqual(first("A"));
  expect(first("B")).not.toEqual(first("A"));
});
