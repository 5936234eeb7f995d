import { broken, invariant } from "../core/invariant.ts";
import type { Us } from "../core/time.ts";
import { OPERATION_KINDS } from "../core/operations.ts";
import type { Operation, Outcome } from "./operation.ts";

/** What is known of an operation when a client asks. */
export type Invocation = Pick<Operation, "session" | "component" | "key" | "other" | "kind" | "argument" | "expected"> & {
  readonly atUs: Us;
};

/** How an operation ended: `result` and `results` are what an `ok` answer said, and null for all others. */
export interface Completion {
  readonly outcome: Outcome;
  readonly result: number | null;
  readonly results: readonly number[] | null;
  readonly atUs: Us;
}

const OUTCOMES: readonly Outcome[] = ["ok", "fail", "unknown"];
/** Stands in the outcome column for an operation that nobody has completed. */
const OPEN = 255;

/**
 * Everything that clients asked and were told, in the order of invocation; only ever appended to. An operation is a row
 * of columns (51 bytes, where an object takes about three times as much), and is handed out as a fresh object.
 * While an operation is open it reads as `unknown` with `completedAtUs` Infinity: which is what its client knows.
 */
export class History {
  #length = 0;
  #capacity = 1024;
  #sessions = new Int32Array(1024);
  #components = new Uint8Array(1024);
  #keys = new Float64Array(1024);
  #kinds = new Uint8Array(1024);
  #arguments = new Float64Array(1024);
  #expected = new Float64Array(1024);
  #results = new Float64Array(1024);
  #invokedAtUs = new Float64Array(1024);
  #completedAtUs = new Float64Array(1024);
  #outcomes = new Uint8Array(1024);
  /** Few operations have these. */
  readonly #others = new Map<number, number>();
  readonly #lists = new Map<number, readonly number[]>();
  readonly #componentNames: string[] = [];
  /** By session: the last that it asked. */
  readonly #lastOfSession: (number | undefined)[] = [];

  /** How many operations were invoked. */
  get length(): number {
    return this.#length;
  }

  /** Records a question and returns its id. Its session must be free: no operation open, none that ended `unknown`. */
  invoke(invocation: Invocation): number {
    const { session, atUs } = invocation;
    if (!this.isFree(session)) broken(`history: session ${session} asks while its last operation is open or unknown`);
    const id = this.#length;
    if (id > 0 && !(atUs >= this.#invokedAtUs[id - 1]!)) broken(`history: time went back before operation ${id}`);
    if (id === this.#capacity) this.#grow();
    this.#length = id + 1;
    this.#lastOfSession[session] = id;
    this.#sessions[id] = session;
    this.#components[id] = this.#componentNumber(invocation.component);
    this.#keys[id] = invocation.key;
    this.#kinds[id] = OPERATION_KINDS.indexOf(invocation.kind);
    if (invocation.other !== null) this.#others.set(id, invocation.other);
    this.#arguments[id] = invocation.argument ?? NaN;
    this.#expected[id] = invocation.expected ?? NaN;
    this.#results[id] = NaN;
    this.#invokedAtUs[id] = atUs;
    this.#completedAtUs[id] = Infinity;
    this.#outcomes[id] = OPEN;
    return id;
  }

  /** Records how an open operation ended. */
  complete(id: number, { outcome, result, results, atUs }: Completion): void {
    if (!this.isOpen(id)) broken(`history: operation ${id} is completed, but it is not open`);
    if (!(atUs >= this.#invokedAtUs[id]!)) broken(`history: operation ${id} is completed before it was invoked`);
    this.#outcomes[id] = OUTCOMES.indexOf(outcome);
    this.#results[id] = result ?? NaN;
    if (results !== null) this.#lists.set(id, results);
    this.#completedAtUs[id] = atUs;
  }

  /** True while an operation was invoked and not completed. */
  isOpen(id: number): boolean {
    return id < this.#length && this.#outcomes[id] === OPEN;
  }

  /** True when a session may ask: everything it asked before has ended with an answer that tells. */
  isFree(session: number): boolean {
    const last = this.#lastOfSession[session];
    return last === undefined || this.#outcomes[last]! <= OUTCOMES.indexOf("fail");
  }

  /** An operation as it stands now. */
  operation(id: number): Operation {
    if (!(id >= 0 && id < this.#length)) broken(`history: there is no operation ${id}`);
    return {
      id,
      session: this.#sessions[id]!,
      component: this.#componentNames[this.#components[id]!]!,
      key: this.#keys[id]!,
      other: this.#others.get(id) ?? null,
      kind: OPERATION_KINDS[this.#kinds[id]!]!,
      argument: valueOf(this.#arguments[id]!),
      expected: valueOf(this.#expected[id]!),
      result: valueOf(this.#results[id]!),
      results: this.#lists.get(id) ?? null,
      invokedAtUs: this.#invokedAtUs[id]!,
      completedAtUs: this.#completedAtUs[id]!,
      outcome: OUTCOMES[this.#outcomes[id]!] ?? "unknown",
    };
  }

  /** How long each `ok` answer of a component took, µs, shortest first. */
  answerTimesUs(component: string): Float64Array {
    const number = this.#componentNames.indexOf(component);
    const times = new Float64Array(this.#length);
    let answers = 0;
    for (let id = 0; id < this.#length; id++) {
      if (this.#components[id] !== number || this.#outcomes[id] !== 0) continue;
      times[answers++] = this.#completedAtUs[id]! - this.#invokedAtUs[id]!;
    }
    return times.subarray(0, answers).sort();
  }

  /** All operations in the order of invocation. */
  *[Symbol.iterator](): IterableIterator<Operation> {
    for (let id = 0; id < this.#length; id++) yield this.operation(id);
  }

  #componentNumber(name: string): number {
    const known = this.#componentNames.indexOf(name);
    if (known >= 0) return known;
    invariant(this.#componentNames.length < 256, "history: more than 256 components");
    return this.#componentNames.push(name) - 1;
  }

  #grow(): void {
    this.#capacity *= 2;
    this.#sessions = grown(this.#sessions, new Int32Array(this.#capacity));
    this.#components = grown(this.#components, new Uint8Array(this.#capacity));
    this.#keys = grown(this.#keys, new Float64Array(this.#capacity));
    this.#kinds = grown(this.#kinds, new Uint8Array(this.#capacity));
    this.#arguments = grown(this.#arguments, new Float64Array(this.#capacity));
    this.#expected = grown(this.#expected, new Float64Array(this.#capacity));
    this.#results = grown(this.#results, new Float64Array(this.#capacity));
    this.#invokedAtUs = grown(this.#invokedAtUs, new Float64Array(this.#capacity));
    this.#completedAtUs = grown(this.#completedAtUs, new Float64Array(this.#capacity));
    this.#outcomes = grown(this.#outcomes, new Uint8Array(this.#capacity));
  }
}

function grown<Column extends Int32Array | Uint8Array | Float64Array>(column: Column, larger: Column): Column {
  larger.set(column);
  return larger;
}

/** Columns hold the value null as NaN. */
function valueOf(cell: number): number | null {
  return cell !== cell ? null : cell;
}
