import * as fc from "fast-check";
import { expect } from "vitest";
import type { DataType, Update } from "../../shared/protocols/crdt/dataType.ts";

const REPLICAS = 3;

/** What may happen to replicas of a data type: one is changed, or one merges a state that another has or had. */
export type Step =
  | { readonly at: number; readonly update: Omit<Update, "actor"> }
  | { readonly at: number; readonly from: number; readonly ago: number };

/** Steps that a data type can take. Elements repeat, so that additions and removals meet; clocks go back and forth. */
export function stepsOf({ name, takes }: DataType<unknown>): fc.Arbitrary<Step[]> {
  const at = fc.nat(REPLICAS - 1);
  const least = name === "pnCounter" ? -3 : 0;
  const update = fc.record({
    kind: fc.constantFrom(...takes),
    key: fc.nat(2),
    argument: fc.integer({ min: least, max: 3 }),
    clockUs: fc.nat(9),
  });
  return fc.array(fc.oneof(fc.record({ at, update }), fc.record({ at, from: at, ago: fc.nat(4) })), { maxLength: 25 });
}

/** All states that each replica goes through, first to last. What is never merged was lost on the way. */
export function statesOf<State>(type: DataType<State>, steps: readonly Step[]): State[][] {
  const states = Array.from({ length: REPLICAS }, () => [type.empty]);
  for (const step of steps) {
    const held = states[step.at]!;
    const last = held.at(-1)!;
    if ("update" in step) held.push(type.update(last, { ...step.update, actor: step.at }));
    else {
      const other = states[step.from]!;
      held.push(type.merge(last, other[Math.max(0, other.length - 1 - step.ago)]!));
    }
  }
  return states;
}

/** One law of convergent data types. */
export interface Law {
  readonly name: string;
  readonly expectHolds: (type: DataType<unknown>, steps: readonly Step[]) => void;
}

/** Three states of a run that differ as much as it gives: the last one of each replica. */
const lastOf = (type: DataType<unknown>, steps: readonly Step[]): [unknown, unknown, unknown] =>
  statesOf(type, steps).map((states) => states.at(-1)) as [unknown, unknown, unknown];

/** What every data type must obey. */
export const LAWS: readonly Law[] = [
  {
    name: "merging is commutative",
    expectHolds: (type, steps) => {
      const [a, b] = lastOf(type, steps);
      expect(type.merge(a, b)).toEqual(type.merge(b, a));
    },
  },
  {
    name: "merging is associative",
    expectHolds: (type, steps) => {
      const [a, b, c] = lastOf(type, steps);
      expect(type.merge(type.merge(a, b), c)).toEqual(type.merge(a, type.merge(b, c)));
    },
  },
  {
    name: "merging is idempotent, and tells by identity that it brought nothing",
    expectHolds: (type, steps) => {
      const [a, b] = lastOf(type, steps);
      const both = type.merge(a, b);
      expect(type.merge(both, structuredClone(b))).toBe(both);
      expect(type.merge(both, structuredClone(both))).toBe(both);
      expect(type.merge(type.empty, a)).toEqual(a);
    },
  },
  {
    name: "every step only goes up: a later state brings nothing new to an earlier one's merge with it",
    expectHolds: (type, steps) => {
      for (const states of statesOf(type, steps)) {
        states.forEach((later, place) => {
          for (const earlier of states.slice(0, place)) {
            expect(type.merge(later, earlier)).toBe(later);
            expect(type.merge(earlier, later)).toEqual(later);
          }
        });
      }
    },
  },
  {
    name: "replicas that merged all of each other's states, in any order and repeatedly, are equal",
    expectHolds: (type, steps) => {
      const states = statesOf(type, steps);
      const [a, b, c] = lastOf(type, steps);
      const merged = (order: readonly unknown[]) => order.reduce((sum, state) => type.merge(sum, state), type.empty);
      const plain = merged([a, b, c]);
      expect(merged([c, a, c, b, a])).toEqual(plain);
      expect(merged([...states[1]!, ...states[2]!.toReversed(), ...states[0]!])).toEqual(plain);
      expect(type.value(merged([b, c, a]))).toEqual(type.value(plain));
    },
  },
  {
    name: "no update and no merge changes a state that somebody holds",
    expectHolds: (type, steps) => {
      const states = statesOf(type, steps);
      const before = structuredClone(states);
      for (const state of states.flat()) for (const other of states.flat()) type.merge(state, other);
      expect(states).toEqual(before);
    },
  },
];
