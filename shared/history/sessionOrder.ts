import type { Us } from "../core/time.ts";
import type { Operation } from "./operation.ts";

/**
 * What every history keeps to, and a file from outside may not: questions in the order of time, answers after their
 * questions, and sessions that wait for a usable answer before they ask again.
 */
export class SessionOrder {
  readonly #lastOfSession = new Map<number, Operation>();
  #latestUs: Us = -Infinity;

  /** Adds the next operation of a history, unless it breaks the order; then says how, as the end of a sentence. */
  objectionTo(operation: Operation): string | undefined {
    const objection = this.#objectionTo(operation);
    if (objection !== undefined) return objection;
    this.#latestUs = operation.invokedAtUs;
    this.#lastOfSession.set(operation.session, operation);
    return undefined;
  }

  #objectionTo({ session, invokedAtUs, completedAtUs }: Operation): string | undefined {
    if (invokedAtUs < this.#latestUs)
      return "invokedAtUs: goes back in time, and a history is in the order of invocation";
    if (completedAtUs < invokedAtUs) return "completedAtUs: the answer comes before the question";
    const last = this.#lastOfSession.get(session);
    if (last === undefined) return undefined;
    if (last.outcome === "unknown") return `session ${session} asks again although its last operation ended unknown`;
    return last.completedAtUs > invokedAtUs ? `session ${session} has two operations open at once` : undefined;
  }
}
