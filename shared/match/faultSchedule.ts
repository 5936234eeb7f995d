import { usOf, type Ms } from "../core/time.ts";
import type { Level } from "../level/schema.ts";
import { faultOf } from "../faults/registry.ts";
import type { FaultStage } from "../faults/fault.ts";
import { EVENT } from "../sim/kernel.ts";
import type { Cluster } from "./cluster.ts";

/** When a fault of the level strikes in this match. */
export interface Scheduled {
  readonly text: string;
  readonly fromMs: Ms;
  readonly untilMs: Ms;
}

const TELEGRAPH = 0;
const BEGIN = 1;
const END = 2;

/** Draws the times of the level's faults from the seed, and puts them in the kernel's order of events. */
export function scheduleFaults(cluster: Cluster, level: Level): Scheduled[] {
  const { kernel, streams } = cluster.world;
  const stage = (id: number): FaultStage => ({
    world: cluster.world,
    id,
    zone: (name) => cluster.zone(name),
    node: (name) => cluster.node(name),
    component: (name) => cluster.component(name)!,
    spike: (zone, factor) => cluster.traffic.spike(id, zone, factor),
  });
  kernel.on(EVENT.fault, (id, phase) => {
    const params = level.faults[id]!;
    const fault = faultOf(params.kind);
    if (phase === TELEGRAPH) fault.telegraph?.(stage(id), params);
    else if (phase === BEGIN) fault.begin(stage(id), params);
    else fault.end(stage(id), params);
  });
  return level.faults.map((params, id) => {
    const { fromMs, untilMs } = params.at;
    const beginsMs = fromMs + streams.stream("faults", String(id))() * (untilMs - fromMs);
    const endsMs = params.for === undefined ? level.lasts : beginsMs + params.for;
    if (params.telegraph > 0) kernel.at(usOf(Math.max(0, beginsMs - params.telegraph)), EVENT.fault, id, TELEGRAPH, null);
    kernel.at(usOf(beginsMs), EVENT.fault, id, BEGIN, null);
    if (params.for !== undefined) kernel.at(usOf(endsMs), EVENT.fault, id, END, null);
    return { text: faultOf(params.kind).describe(params), fromMs: beginsMs, untilMs: Math.min(endsMs, level.lasts) };
  });
}
