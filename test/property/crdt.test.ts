import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { conversionsFrom, converted } from "../../shared/protocols/crdt/conversion.ts";
import type { DataType } from "../../shared/protocols/crdt/dataType.ts";
import { dataTypes, type DataTypeName } from "../../shared/protocols/crdt/registry.ts";
import { LAWS, statesOf, type Step, stepsOf } from "./crdtLaws.ts";

const { gCounter, pnCounter, orSet, lwwRegister, lwwMap } = dataTypes;

describe.each(Object.entries<DataType<unknown>>(dataTypes))("%s", (name, type) => {
  test("is registered under its own name, and says what it is and where it comes from", () => {
    expect(type.name).toBe(name);
    expect(type.about).toMatch(/\.$/);
    expect(type.source.length).toBeGreaterThan(10);
    expect(type.takes.length).toBeGreaterThan(0);
  });

  test.each(LAWS)("$name", ({ expectHolds }) => {
    fc.assert(
      fc.property(stepsOf(type), (steps) => expectHolds(type, steps)),
      { numRuns: 1_000 },
    );
  });

  test("the states tried differ: replicas are seen apart, and an update is seen to change a value", () => {
    let [apart, changed] = [0, 0];
    for (const steps of fc.sample(stepsOf(type), { numRuns: 200, seed: 1 })) {
      const [a, b] = statesOf(type, steps);
      if (JSON.stringify(a!.at(-1)) !== JSON.stringify(b!.at(-1))) apart += 1;
      if (type.value(a!.at(-1)) !== type.value(type.empty)) changed += 1;
    }
    expect(apart).toBeGreaterThan(50);
    expect(changed).toBeGreaterThan(50);
  });
});

describe.each(Object.keys(dataTypes) as DataTypeName[])("a %s that becomes another type", (from) => {
  const type: DataType<unknown> = dataTypes[from];

  test.each([...conversionsFrom(from), from])("keeps its value as %s, and replicas that each did it agree", (to) => {
    const other: DataType<unknown> = dataTypes[to];
    fc.assert(
      fc.property(stepsOf(type), (steps) => {
        const states = statesOf(type, steps).map((held) => held.at(-1));
        const taken = states.map((state) => converted(state, from, to));
        states.forEach((state, place) => expect(other.value(taken[place])).toEqual(type.value(state)));
        const merged = (order: readonly unknown[]) => order.reduce((sum, state) => other.merge(sum, state), other.empty);
        expect(merged(taken)).toEqual(merged(taken.toReversed()));
      }),
      { numRuns: 300 },
    );
  });

  test("can't become what takes other operations", () => {
    const strangers = (Object.keys(dataTypes) as DataTypeName[]).filter((to) => dataTypes[to].takes.join() !== type.takes.join());
    for (const to of strangers) expect(() => converted(type.empty, from, to), to).toThrow("can't become");
    for (const to of conversionsFrom(from)) expect(dataTypes[to].takes).toEqual(type.takes);
  });
});

describe("what each data type makes of two changes that did not know of each other", () => {
  const at = (actor: number, clockUs = 0) => ({ actor, clockUs, key: 1 });

  test("gCounter and pnCounter: both count", () => {
    const up = (actor: number, argument: number) => ({ ...at(actor), kind: "increment", argument }) as const;
    const [two, three] = [gCounter.update(gCounter.empty, up(0, 2)), gCounter.update(gCounter.empty, up(1, 3))];
    expect(gCounter.value(gCounter.merge(two, three))).toBe(5);
    const [plus, minus] = [pnCounter.update(pnCounter.empty, up(0, 2)), pnCounter.update(pnCounter.empty, up(1, -3))];
    expect(pnCounter.value(pnCounter.merge(plus, minus))).toBe(-1);
  });

  test("gCounter: counting down is a bug", () => {
    expect(() => gCounter.update([], { ...at(0), kind: "increment", argument: -1 })).toThrow("it only grows");
  });

  test("orSet: an addition survives a removal that had not seen it", () => {
    const [add, remove] = [
      { ...at(0), kind: "add", argument: 7 } as const,
      { ...at(1), kind: "remove", argument: 7 } as const,
    ];
    const first = orSet.update(orSet.empty, add);
    const [again, gone] = [orSet.update(first, add), orSet.update(first, remove)];
    expect(orSet.values(gone)).toEqual([]);
    expect(orSet.values(orSet.merge(again, gone))).toEqual([7]);
    expect(orSet.values(orSet.merge(gone, again))).toEqual([7]);
    expect(orSet.values(orSet.merge(first, gone))).toEqual([]);
  });

  test("orSet: whatever happens, an element is in the set exactly if some addition was seen by no removal", () => {
    fc.assert(
      fc.property(stepsOf(orSet), (steps) => {
        const whole = statesOf(orSet, steps)
          .flat()
          .reduce((sum, state) => orSet.merge(sum, state), orSet.empty);
        expect(orSet.values(whole)).toEqual(survivorsOf(steps));
      }),
      { numRuns: 2_000 },
    );
  });

  test("lwwRegister: the later clock wins, whichever was merged first; one who knew the other wins by any clock", () => {
    const write = (argument: number, actor: number, clockUs: number) =>
      ({ ...at(actor, clockUs), kind: "write", argument }) as const;
    const early = lwwRegister.update(lwwRegister.empty, write(1, 0, 5));
    const late = lwwRegister.update(lwwRegister.empty, write(2, 1, 9));
    expect(lwwRegister.merge(early, late)).toBe(late);
    expect(lwwRegister.merge(late, early)).toBe(late);
    const knowing = lwwRegister.update(late, write(3, 0, 1));
    expect(lwwRegister.value(lwwRegister.merge(late, knowing))).toBe(3);
  });

  test("lwwMap: the later of writing and removing a field wins, and other fields don't care", () => {
    const change = (kind: "write" | "remove", key: number, clockUs: number) => ({
      kind,
      key,
      argument: key * 10,
      actor: clockUs,
      clockUs,
    });
    const two = lwwMap.update(lwwMap.update(lwwMap.empty, change("write", 1, 1)), change("write", 2, 1));
    const gone = lwwMap.update(two, change("remove", 1, 5));
    const back = lwwMap.update(two, change("write", 1, 6));
    expect(lwwMap.values(gone)).toEqual([20]);
    expect(lwwMap.values(lwwMap.merge(back, gone))).toEqual([10, 20]);
    expect(lwwMap.values(lwwMap.merge(gone, lwwMap.update(two, change("write", 1, 4))))).toEqual([20]);
  });
});

/** The same question asked in the plainest way: every addition is remembered, and every one that a removal saw. */
function survivorsOf(steps: readonly Step[]): number[] {
  interface Seen {
    readonly added: ReadonlyMap<number, number>;
    readonly removed: ReadonlySet<number>;
  }
  const nothing: Seen = { added: new Map(), removed: new Set() };
  const histories: Seen[][] = [[nothing], [nothing], [nothing]];
  const union = (a: Seen, b: Seen): Seen => ({
    added: new Map([...a.added, ...b.added]),
    removed: new Set([...a.removed, ...b.removed]),
  });
  steps.forEach((step, number) => {
    const held = histories[step.at]!;
    const last = held.at(-1)!;
    if ("from" in step) {
      const other = histories[step.from]!;
      held.push(union(last, other[Math.max(0, other.length - 1 - step.ago)]!));
      return;
    }
    const { kind, argument } = step.update;
    if (kind === "add") held.push(union(last, { added: new Map([[number, argument!]]), removed: new Set() }));
    else {
      const seen = [...last.added].filter(([, element]) => element === argument).map(([addition]) => addition);
      held.push(union(last, { added: new Map(), removed: new Set(seen) }));
    }
  });
  const whole = histories.flat().reduce(union, nothing);
  const elements = [...whole.added].filter(([addition]) => !whole.removed.has(addition)).map(([, element]) => element);
  return [...new Set(elements)].sort((a, b) => a - b);
}
