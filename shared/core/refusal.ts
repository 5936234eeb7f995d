/**
 * A "no" that is nobody's bug: an intent that may not be done now, a request that a node would not serve.
 * Refusals are values, never exceptions.
 */
export interface Refusal {
  readonly refused: true;
  /** A short stable word for programs and tests, such as "notYourRole". */
  readonly code: string;
  /** One plain sentence for the person who asked, ending with a full stop. */
  readonly sentence: string;
}

/** Makes a refusal: `refusal("crewBusy", "Both repair crews are out until 2:10.")`. */
export function refusal(code: string, sentence: string): Refusal {
  return { refused: true, code, sentence };
}

/** True when an answer that may be a refusal is one. */
export function isRefusal(answer: unknown): answer is Refusal {
  return typeof answer === "object" && answer !== null && (answer as { refused?: unknown }).refused === true;
}
