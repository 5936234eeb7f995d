import type { Us } from "../core/time.ts";

/**
 * What a thing does when it is asked one question at a time: the specification that a history is searched against. A
 * state must be a plain value that `===` compares, so that the search can remember where it has been.
 */
export interface Model<State extends string | number | boolean | null, Step> {
  readonly initial: State;
  /** The state after a step with the answer that it was given; undefined when no such answer was possible. */
  step(state: State, step: Step): State | undefined;
}

/** A question with its answer, if there was one, on its way through a search. */
export interface Call<Step> {
  readonly step: Step;
  readonly invokedAtUs: Us;
  /** Infinity when there was no answer, or none that tells: the step may be taken at any later time, or never. */
  readonly completedAtUs: Us;
}
