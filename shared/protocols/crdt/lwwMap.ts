import { invariant } from "../../core/invariant.ts";
import type { DataType, Update } from "./dataType.ts";
import { lwwRegister, type LwwRegister } from "./lwwRegister.ts";

/** A field and its register; a register of null is a tombstone. */
export interface Field {
  readonly key: number;
  readonly register: LwwRegister;
}

/** Fields that anybody ever wrote to, by key. */
export type LwwMap = readonly Field[];

/** Fields with one value each; the later of writing and removing a field wins. */
export const lwwMap: DataType<LwwMap> = {
  name: "lwwMap",
  about: "Fields with one value each: the later of concurrent writes and removals of a field wins.",
  source: "Shapiro et al. 2011, INRIA RR-7506, specification 8, one register per field",
  simplified: "A removed field stays as a tombstone for good.",
  takes: ["write", "remove"],
  empty: [],

  update(state, update) {
    const { kind, key } = update;
    invariant(kind === "write" || kind === "remove", `lwwMap: ${kind} is not one of its operations`);
    const register = registerOf(state, key) ?? lwwRegister.empty;
    const write: Update = { ...update, kind: "write", argument: kind === "write" ? update.argument : null };
    return lwwMap.merge(state, [{ key, register: lwwRegister.update(register, write) }]);
  },

  merge(a, b) {
    const news = b.filter(({ key, register }) => isNews(registerOf(a, key), register));
    if (news.length === 0) return a;
    const kept = a.filter(({ key }) => registerOf(news, key) === undefined);
    return [...kept, ...news].sort((one, other) => one.key - other.key);
  },

  value(state) {
    return lwwMap.values(state)?.[0] ?? null;
  },

  values(state) {
    return state.flatMap(({ register }) => register.value ?? []).sort((a, b) => a - b);
  },
};

function registerOf(fields: LwwMap, key: number): LwwRegister | undefined {
  return fields.find((field) => field.key === key)?.register;
}

function isNews(held: LwwRegister | undefined, told: LwwRegister): boolean {
  return held === undefined || lwwRegister.merge(held, told) !== held;
}
