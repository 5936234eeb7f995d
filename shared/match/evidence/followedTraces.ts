import { journeyOf } from "../../sim/idempotencyKey.ts";
import type { Instruments } from "../../sim/instruments.ts";
import type { ReplyOutcome, Request } from "../../sim/message.ts";
import type { Match } from "../match.ts";
import { Tracer } from "../tracer.ts";
import { traceView } from "../traceView.ts";
import type { TraceView } from "../view.ts";

/** The whole ways of a few operations through the components, whatever operators made those tell. */
export class FollowedTraces implements Instruments {
  readonly #match: Match;
  readonly #operations: ReadonlySet<number>;
  readonly #tracer: Tracer;

  constructor(match: Match, operations: readonly number[]) {
    this.#match = match;
    this.#operations = new Set(operations);
    this.#tracer = new Tracer(match.cluster.world, 1);
  }

  arrived(component: number, machine: number, request: Request): void {
    if (this.#operations.has(journeyOf(request.operation))) this.#tracer.arrived(component, machine, request);
  }

  left(component: number, machine: number, request: Request, how: ReplyOutcome | "passed"): void {
    if (this.#operations.has(journeyOf(request.operation))) this.#tracer.left(component, machine, request, how);
  }

  closed(): void {}
  lost(): void {}

  /** As far as they have come, in the order of the operations; what is not in this match has none. */
  views(): TraceView[] {
    const { record, cluster } = this.#match;
    const known = [...this.#operations].filter((operation) => operation < record.history.length);
    return known.map((id) => {
      const { component, kind, invokedAtUs, completedAtUs } = record.history.operation(id);
      const untilUs = completedAtUs === Infinity ? cluster.world.kernel.nowUs : completedAtUs;
      const target = cluster.components.findIndex(({ name }) => name === component);
      const trace = { operation: id, target, kind, fromUs: invokedAtUs, untilUs, spans: this.#tracer.spansOf(id) };
      return traceView(trace, cluster, { sees: () => true });
    });
  }
}
