import { msOf, type Ms, type Us } from "../core/time.ts";
import type { OperationKind } from "../core/operations.ts";
import { journeyOf } from "../sim/idempotencyKey.ts";
import type { Instruments } from "../sim/instruments.ts";
import type { ReplyOutcome, Request } from "../sim/message.ts";
import type { World } from "../sim/world.ts";

/** One stay of a request at an instance: what tracing calls a span. */
export interface Span {
  /** Indices. */
  readonly component: number;
  readonly machine: number;
  /** 1 for the first attempt of whoever asked. */
  readonly attempt: number;
  readonly fromUs: Us;
  /** −1 while it lasts, or when a crash ended it. */
  readonly untilUs: Us;
  readonly how: ReplyOutcome | "passed" | "open";
}

/** The way of one request from its client and back. */
export interface Trace {
  readonly operation: number;
  /** Index of the component that it was for. */
  readonly target: number;
  readonly kind: OperationKind;
  readonly fromUs: Us;
  readonly untilUs: Us;
  readonly spans: readonly Span[];
}

/** Traces kept, and how long they are shown. */
const KEPT = 64;
const SHOWN_US = 15_000_000;

/**
 * Follows one request in so many through the components. Which ones is decided by the number of the operation, so that
 * looking never changes what is looked at.
 * Source: Sigelman et al. 2010, Dapper, sections 2 and 4.
 */
export class Tracer implements Instruments {
  readonly #world: World;
  readonly #every: number;
  readonly #open = new Map<number, { readonly spans: Span[]; target: number; kind: OperationKind; fromUs: Us }>();
  #finished: Trace[] = [];

  /** Follows every `every`th operation. */
  constructor(world: World, every: number) {
    this.#world = world;
    this.#every = every;
  }

  arrived(component: number, machine: number, request: Request): void {
    const operation = journeyOf(request.operation);
    if (operation < 0 || operation % this.#every !== 0) return;
    const nowUs = this.#world.kernel.nowUs;
    let trace = this.#open.get(operation);
    if (trace === undefined) {
      trace = { spans: [], target: request.target, kind: request.kind, fromUs: nowUs };
      this.#open.set(operation, trace);
    }
    trace.spans.push({ component, machine, attempt: request.attempt, fromUs: nowUs, untilUs: -1, how: "open" });
  }

  left(component: number, machine: number, request: Request, how: ReplyOutcome | "passed"): void {
    const spans = this.#open.get(journeyOf(request.operation))?.spans;
    if (spans === undefined) return;
    const at = spans.findLastIndex((span) => span.component === component && span.machine === machine && span.how === "open");
    if (at >= 0) spans[at] = { ...spans[at]!, untilUs: this.#world.kernel.nowUs, how };
  }

  closed(): void {}
  lost(): void {}

  /** The client has its answer, or has given up; `fromUs` is when it asked. */
  ended(operation: number, fromUs: Us): void {
    const trace = this.#open.get(operation);
    if (trace === undefined) return;
    this.#open.delete(operation);
    const { spans, target, kind } = trace;
    this.#finished.push({ operation, target, kind, fromUs, untilUs: this.#world.kernel.nowUs, spans: [...spans] });
    if (this.#finished.length > KEPT) this.#finished = this.#finished.slice(-KEPT);
  }

  /** The stays so far of an operation whose client's end it was not told. */
  spansOf(operation: number): readonly Span[] {
    return this.#open.get(operation)?.spans ?? [];
  }

  /** The slowest of the last seconds, slowest first. */
  slowest(count: number): Trace[] {
    const oldestUs = this.#world.kernel.nowUs - SHOWN_US;
    return this.#finished
      .filter(({ untilUs }) => untilUs >= oldestUs)
      .toSorted((one, other) => other.untilUs - other.fromUs - (one.untilUs - one.fromUs))
      .slice(0, count);
  }
}

/** How long a trace took. */
export function lengthMs({ fromUs, untilUs }: Trace): Ms {
  return msOf(untilUs - fromUs);
}
