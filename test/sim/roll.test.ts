import * as fc from "fast-check";
import { expect, test } from "vitest";
import { Roll } from "../../shared/core/roll.ts";

const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ does: fc.constant("add" as const), skip: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 4, arbitrary: fc.record({ does: fc.constant("delete" as const), back: fc.integer({ min: 0, max: 40 }) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant("dropOldest" as const) }) },
);

/** The same steps on a roll and on a Map: they must tell the same. */
function twins(first: number) {
  const roll = new Roll<string>();
  const map = new Map<number, string>();
  let last = first - 1;
  return {
    add(skip: number) {
      last += skip;
      roll.add(last, `item ${last}`);
      map.set(last, `item ${last}`);
    },
    remove: (number: number) => expect(roll.delete(number)).toBe(map.delete(number)),
    told() {
      const near = [last + 1, last, last - 1, first, first - 1];
      return {
        roll: [[...roll.entries()], roll.size, roll.oldest, near.map((number) => roll.get(number))],
        map: [[...map], map.size, map.keys().next().value, near.map((number) => map.get(number))],
      };
    },
    get last() {
      return last;
    },
    get oldest() {
      return roll.oldest ?? -1;
    },
  };
}

test("a roll keeps what a Map would keep, in the same order", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 9 }), fc.array(step, { maxLength: 200 }), (first, steps) => {
      const both = twins(first);
      for (const each of steps) {
        if (each.does === "add") both.add(each.skip);
        else both.remove(each.does === "delete" ? both.last - each.back : both.oldest);
      }
      const { roll, map } = both.told();
      expect(roll).toEqual(map);
    }),
  );
});

test("those that stay while thousands come and go are still found, and first in the order", () => {
  const both = twins(0);
  for (let turn = 0; turn < 20_000; turn++) {
    both.add(1);
    if (turn % 2_500 !== 0) both.remove(both.last);
    if (turn % 5_000 === 4_999) both.remove(both.oldest);
  }
  const { roll, map } = both.told();
  expect(roll).toEqual(map);
});

test("a roll that was cleared starts again", () => {
  const roll = new Roll<string>();
  roll.add(5, "five");
  roll.clear();
  expect([roll.size, roll.get(5), [...roll.values()], roll.delete(5)]).toEqual([0, undefined, [], false]);
  roll.add(9, "nine");
  expect([...roll.entries()]).toEqual([[9, "nine"]]);
});

test("numbers only rise", () => {
  const roll = new Roll<string>();
  roll.add(5, "five");
  expect(() => roll.add(5, "again")).toThrow("roll: 5 comes after a larger number");
});
