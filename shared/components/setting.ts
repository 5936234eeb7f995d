import type { Setting } from "./site.ts";

type Card = Omit<Setting, "get" | "set">;
/** Fields of some state that hold this. */
type FieldOf<State, Value> = { [Key in keyof State]-?: State[Key] extends Value ? Key : never }[keyof State];

/** A setting that is a number of some plain state. */
export function figure<State>(state: State, field: FieldOf<State, number>, card: Card): Setting {
  const numbers = state as Record<typeof field, number>;
  return { ...card, get: () => numbers[field], set: (value) => void (numbers[field] = value) };
}

/** A setting that is on or off. */
export function toggle<State>(
  state: State,
  field: FieldOf<State, boolean>,
  card: Pick<Card, "name" | "about">,
): Setting {
  const toggles = state as Record<typeof field, boolean>;
  const get = (): number => (toggles[field] ? 1 : 0);
  return { ...card, unit: "switch", min: 0, max: 1, get, set: (value) => void (toggles[field] = value !== 0) };
}

/** A setting that is one of a few words; `words` are in the order of its numbers. */
export function choice<State, Field extends FieldOf<State, string>>(
  state: State,
  field: Field,
  card: Pick<Card, "name" | "about"> & { readonly choices: readonly (State[Field] & string)[] },
): Setting {
  const { choices } = card;
  const get = (): number => choices.indexOf(state[field] as State[Field] & string);
  const set = (value: number): void => void (state[field] = choices[value] ?? state[field]);
  return { ...card, unit: "choice", min: 0, max: choices.length - 1, get, set };
}
