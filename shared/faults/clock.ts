import type { ClockError } from "../sim/clock.ts";
import type { FaultStage } from "./fault.ts";

/** Lets a fault make the clock of a node wrong, from now on. */
export function afflictClock(
  { world, id, node }: FaultStage,
  name: string,
  { skewUs = 0, driftPpm = 0, trouble }: Partial<ClockError> & { readonly trouble: string },
): void {
  const clock = { skewUs, driftPpm, sinceUs: world.kernel.nowUs };
  world.machines[node(name)]!.afflict(id, { clock, trouble });
}

/** A time server sets the clock right, as far as this fault is concerned. */
export function relieveClock({ world, id, node }: FaultStage, name: string): void {
  world.machines[node(name)]!.relieve(id);
}
