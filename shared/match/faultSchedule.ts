import { usOf, type Ms } from "../core/time.ts";
import { faultOf, type FaultKind } from "../faults/registry.ts";
import type { FaultStage } from "../faults/fault.ts";
import type { Level } from "../level/schema.ts";
import { EVENT } from "../sim/kernel.ts";
import type { Cluster } from "./cluster.ts";

/** When a fault strikes in this match. */
export interface Scheduled {
  readonly text: string;
  readonly fromMs: Ms;
  readonly untilMs: Ms;
}

/** A fault, and when it strikes; `lastsMs` undefined: to the end of the match. */
export interface Strike {
  readonly params: { readonly kind: FaultKind };
  readonly beginsMs: Ms;
  readonly lastsMs: Ms | undefined;
  /** How long before it announces itself. */
  readonly telegraphMs: Ms;
}

const TELEGRAPH = 0;
const BEGIN = 1;
const END = 2;
const BEAT = 3;

/** The faults of a match: those of the level, whose times the seed draws, and those that are let loose later. */
export class FaultSchedule {
  readonly #cluster: Cluster;
  readonly #lastsMs: Ms;
  readonly #strikes: Strike["params"][] = [];
  readonly #on = new Set<number>();
  readonly #announcedMs: Ms[] = [];
  /** In the order of their numbers. */
  readonly scheduled: Scheduled[] = [];

  constructor(cluster: Cluster, level: Level) {
    this.#cluster = cluster;
    this.#lastsMs = level.lasts;
    const { kernel, streams } = cluster.world;
    kernel.on(EVENT.fault, (id, phase, beat) => this.#happen(id, phase, beat as number | null));
    level.faults.forEach((params, id) => {
      const { fromMs, untilMs } = params.at;
      const beginsMs = fromMs + streams.stream("faults", String(id))() * (untilMs - fromMs);
      this.add({ params, beginsMs, lastsMs: params.for, telegraphMs: params.telegraph });
    });
  }

  /** Puts a fault in the kernel's order of events; answers with its number. */
  add({ params, beginsMs, lastsMs, telegraphMs }: Strike): number {
    const { kernel } = this.#cluster.world;
    const id = this.#strikes.push(params) - 1;
    const endsMs = lastsMs === undefined ? this.#lastsMs : beginsMs + lastsMs;
    if (telegraphMs > 0) kernel.at(usOf(Math.max(0, beginsMs - telegraphMs)), EVENT.fault, id, TELEGRAPH, null);
    kernel.at(usOf(beginsMs), EVENT.fault, id, BEGIN, null);
    if (lastsMs !== undefined) kernel.at(usOf(endsMs), EVENT.fault, id, END, null);
    const text = faultOf(params.kind).describe(params);
    this.#announcedMs.push(beginsMs - telegraphMs);
    this.scheduled.push({ text, fromMs: beginsMs, untilMs: Math.min(endsMs, this.#lastsMs) });
    return id;
  }

  /** How many announce themselves, or are on, at some time of a span. */
  between(fromMs: Ms, untilMs: Ms): number {
    return this.scheduled.filter((one, id) => this.#announcedMs[id]! < untilMs && one.untilMs > fromMs).length;
  }

  #happen(id: number, phase: number, beat: number | null): void {
    const params = this.#strikes[id]!;
    const fault = faultOf(params.kind);
    const stage = stageOf(this.#cluster, id);
    if (phase === TELEGRAPH) fault.telegraph?.(stage, params);
    else if (phase === BEGIN) {
      this.#on.add(id);
      fault.begin(stage, params);
      this.#scheduleBeat(id, 0);
    } else if (phase === END) {
      this.#on.delete(id);
      fault.end(stage, params);
    } else if (this.#on.has(id)) {
      fault.beat!.strike(stage, params, beat!);
      this.#scheduleBeat(id, beat! + 1);
    }
  }

  #scheduleBeat(id: number, beat: number): void {
    const params = this.#strikes[id]!;
    const afterMs = faultOf(params.kind).beat?.afterMs(params, beat) ?? 0;
    if (afterMs > 0) this.#cluster.world.kernel.after(usOf(afterMs), EVENT.fault, id, BEAT, beat);
  }
}

/** What a fault of this number may reach. */
export function stageOf(cluster: Cluster, id: number): FaultStage {
  return {
    world: cluster.world,
    id,
    zone: (name) => cluster.zone(name),
    node: (name) => cluster.node(name),
    component: (name) => cluster.component(name)!,
    spike: (zone, factor, target) => cluster.traffic.spike(id, zone, factor, target),
    focus: (focus) => cluster.traffic.focus(id, focus),
  };
}
