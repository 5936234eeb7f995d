import type { Us } from "../core/time.ts";
import type { Outcome } from "../history/operation.ts";

/** What every operation has, whatever it is asked of. */
export interface Asked {
  readonly id: number;
  readonly key: number | string;
  readonly invokedAtUs: Us;
  readonly completedAtUs: Us;
  readonly outcome: Outcome;
}

/** A state of a model: a plain value that `===` compares, so that a search can remember where it has been. */
export type ModelState = string | number | boolean | null;

/** What a thing does when it is asked one question at a time: the specification that a history is searched against. */
export interface Model<State extends ModelState, Step extends Asked> {
  readonly initial: State;
  /** The state after a step with the answer that it was given; undefined when no such answer was possible. */
  step(state: State, step: Step): State | undefined;
  /** True when a step changes nothing, so that without its answer it says nothing. */
  isRead(step: Step): boolean;
  /** Names what a step does to a state when it has no answer that tells: two steps with the same name do the same. */
  effect(step: Step): string;
  /** True when no other step's answer can have depended on this one: then a history that has an order has one without it. */
  isUnseen(step: Step, others: readonly Step[]): boolean;
  /** The beginning of a sentence: what the client was told. */
  told(step: Step): string;
}
