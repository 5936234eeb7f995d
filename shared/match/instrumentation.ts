import type { MonitorConfig } from "../components/monitor/monitor.ts";
import type { Cluster } from "./cluster.ts";

/** What a component may be made to tell: figures, what went wrong in words, and the way of single requests. */
export const SIGNALS = ["metrics", "logs", "traces"] as const;
export type Signal = (typeof SIGNALS)[number];

/**
 * Which components tell what. Operators see only what is instrumented, and each signal takes its share of the CPU of
 * whatever it is taken from.
 * Source: Majors, Fong-Jones & Miranda 2022, Observability engineering, chapters 1 and 10.
 */
export class Instrumentation {
  readonly #cluster: Cluster;
  readonly #overhead: number;
  readonly #on = new Map<string, Set<Signal>>();

  constructor(cluster: Cluster, { metrics, logs, traces, overhead }: Pick<MonitorConfig, Signal | "overhead">) {
    this.#cluster = cluster;
    this.#overhead = overhead;
    const wanted: Readonly<Record<Signal, readonly string[] | "all">> = { metrics, logs, traces };
    for (const { name } of cluster.components) {
      this.#on.set(name, new Set(SIGNALS.filter((signal) => wanted[signal] === "all" || wanted[signal].includes(name))));
    }
    for (const { name } of cluster.components) this.#weigh(name);
  }

  /** True when operators see this of a component. */
  sees(component: string, signal: Signal): boolean {
    return this.#on.get(component)?.has(signal) === true;
  }

  set(component: string, signal: Signal, on: boolean): void {
    const signals = this.#on.get(component)!;
    if (on) signals.add(signal);
    else signals.delete(signal);
    this.#weigh(component);
  }

  /** How many signals of a component are on: what instrumentation is paid by. */
  signalsOf(component: string): number {
    return this.#on.get(component)!.size;
  }

  /** Each signal makes every request of its component that much more work. */
  #weigh(component: string): void {
    const index = this.#cluster.components.findIndex(({ name }) => name === component);
    this.#cluster.world.burdens[index] = 1 + this.#overhead * this.#on.get(component)!.size;
  }
}
