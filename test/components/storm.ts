import alea from "seedrandom/lib/alea.js";
import type { Machine } from "../../shared/sim/machine.ts";
import type { Ms } from "../../shared/core/time.ts";
import type { Yard } from "./yard.ts";

/** Where and how long it rages. */
export interface StormSetup {
  readonly seed: string;
  readonly machines: readonly string[];
  readonly untilMs: Ms;
  /** Machines never lose what was durable unless this says so. */
  readonly diskLost?: boolean;
}

const STEP_MS = 200;
const STORM = 7_000;

/**
 * Random troubles, and then peace: machines crash, pause and come back, links lose messages and are cut. In the end all
 * is well again; the yard stands at the end of the storm.
 */
export function storm(yard: Yard, { seed, machines, untilMs, diskLost = false }: StormSetup): void {
  const luck = alea(`storm/${seed}`);
  const those = yard.world.machines.filter(({ name }) => machines.includes(name));
  const lanes = [...yard.world.network.lanes()];
  for (let atMs = STEP_MS; atMs <= untilMs; atMs += STEP_MS) {
    yard.runUntil(atMs);
    const machine = those[Math.floor(luck() * those.length)]!;
    const lane = lanes[Math.floor(luck() * lanes.length)]!;
    const dice = luck();
    if (machine.state !== "up") wake(yard, machine, diskLost);
    else if (dice < 0.15) yard.world.crash(machine);
    else if (dice < 0.3) yard.world.pause(machine);
    if (luck() < 0.5) lane.relieve(STORM);
    else lane.afflict(STORM, dice < 0.1 ? { cut: true, trouble: "cut" } : { loss: 0.3, trouble: "loss" });
  }
  for (const machine of those) if (machine.state !== "up") wake(yard, machine, diskLost);
  for (const lane of lanes) lane.relieve(STORM);
}

function wake(yard: Yard, machine: Machine, diskLost: boolean): void {
  if (machine.state === "paused") yard.world.resume(machine);
  else yard.world.restart(machine, diskLost);
}
