import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyPatch, difference, type Plain } from "../../shared/wire/delta.ts";

/** Plain data with few names and few values, so that two of them often agree in parts. */
const { value } = fc.letrec<{ value: Plain }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom<Plain>(null, true, false, 0, 1, 0.5, -3, "", "up"),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("a", "b", "roles"), tie("value"), { maxKeys: 3, noNullPrototype: true }),
  ),
}));

/** What a difference looks like once it has crossed the socket. */
function overTheWire<Value>(patch: Value): Value {
  return JSON.parse(JSON.stringify(patch)) as Value;
}

describe("differences of plain data", () => {
  test("applied to what was, they give what is", () => {
    fc.assert(
      fc.property(value, value, (before, after) => {
        const patch = difference(before, after);
        if (patch === undefined) expect(after).toEqual(before);
        else expect(applyPatch(before, overTheWire(patch))).toEqual(after);
      }),
      { seed: 1, numRuns: 5_000 },
    );
  });

  test("one after the other, as a client meets them, they keep up with a state that changes", () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 2, maxLength: 8 }), (states) => {
        let seen: Plain = states[0] as Plain;
        for (let i = 1; i < states.length; i++) {
          const patch = difference(states[i - 1], states[i]!);
          if (patch !== undefined) seen = applyPatch(seen, overTheWire(patch));
          expect(seen).toEqual(states[i]);
        }
      }),
      { seed: 2, numRuns: 1_000 },
    );
  });

  test("of equal things there are none, and what was is left as it was", () => {
    fc.assert(
      fc.property(value, value, (before, after) => {
        expect(difference(before, overTheWire(before))).toBeUndefined();
        const untouched = overTheWire(before);
        const patch = difference(before, after);
        if (patch !== undefined) applyPatch(before, patch);
        expect(before).toEqual(untouched);
      }),
      { seed: 3, numRuns: 1_000 },
    );
  });

  test("parts that did not change stay the same objects, so that identity tells what moved", () => {
    const before = {
      nodes: [
        { name: "Oak", load: 1 },
        { name: "Pike", load: 2 },
      ],
      alerts: [{ id: 1 }],
    };
    const after = {
      nodes: [
        { name: "Oak", load: 1 },
        { name: "Pike", load: 3 },
      ],
      alerts: [{ id: 1 }],
    };
    const patch = difference(before, after)!;
    expect(patch).toEqual({ nodes: { 1: { load: 3 } } });
    const applied = applyPatch(before, patch) as typeof before;
    expect(applied.alerts).toBe(before.alerts);
    expect(applied.nodes[0]).toBe(before.nodes[0]);
  });

  test("something to nothing, nothing to something, a list that grows or shrinks: replaced whole", () => {
    for (const [before, after] of [
      [{ partition: null }, { partition: { sides: [[0], [1]] } }],
      [{ partition: { sides: [[0], [1]] } }, { partition: null }],
      [
        [1, 2],
        [1, 2, 3],
      ],
      [[1, 2, 3], []],
      [{}, []],
      [{ a: 1 }, { b: 1 }],
    ] as readonly (readonly [Plain, Plain])[]) {
      expect(applyPatch(before, overTheWire(difference(before, after)!))).toEqual(after);
    }
  });
});
