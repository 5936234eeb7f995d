import type { Us } from "../core/time.ts";
import type { Operation } from "../history/operation.ts";
import type { Match } from "./match.ts";
import type { Span, Tracer } from "./tracer.ts";

/** An operation with all its stays, and the names of what it met. */
export interface WholeTrace {
  readonly operation: Operation;
  /** Zone whose client asked. */
  readonly zone: string;
  /** When the client had its answer or gave up; now, while it waits. */
  readonly untilUs: Us;
  readonly stays: readonly NamedSpan[];
}

/** One stay of a request at an instance, in the level's names. */
export interface NamedSpan extends Omit<Span, "component" | "machine"> {
  readonly component: string;
  readonly machine: string;
  /** False when a crash ended it, or nothing yet: `untilUs` is then when the client's question ended, or its own start. */
  readonly left: boolean;
}

/**
 * The ways of all operations of a match. The tracer must have followed every operation since the start, and must be
 * none that is told when clients have their answers: a stay may outlast its client's patience.
 */
export function* wholeTraces({ cluster, record }: Match, tracer: Tracer): Generator<WholeTrace> {
  const nowUs = cluster.world.kernel.nowUs;
  for (const operation of record.history) {
    const untilUs = operation.completedAtUs === Infinity ? nowUs : operation.completedAtUs;
    const zone = cluster.zoneNames[record.zoneOf(operation.id)]!;
    const stays = tracer.spansOf(operation.id).map(({ component, machine, ...span }): NamedSpan => {
      const left = span.untilUs >= 0;
      return {
        ...span,
        left,
        untilUs: left ? span.untilUs : Math.max(span.fromUs, untilUs),
        component: cluster.components[component]!.name,
        machine: machine < 0 ? zone : cluster.nodeNames[machine]!,
      };
    });
    yield { operation, zone, untilUs, stays };
  }
}
