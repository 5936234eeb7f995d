import type { Machine } from "./machine.ts";
import type { World } from "./world.ts";

/** How something holds a machine down. */
export interface Outage {
  readonly down: "paused" | "crashed";
  /** True: it comes back empty, whoever brings it back. */
  readonly diskLost?: boolean;
  /** In words, for the ledger of losses. */
  readonly trouble: string;
}

/**
 * A fault, or an operator's order, takes a machine down and holds it there. One machine may be held by several at once;
 * it is up again when the last of them has let go. One that is switched off feels nothing of it.
 */
export function takeDown(
  world: World,
  machine: Machine,
  fault: number,
  { down, diskLost = false, trouble }: Outage,
): void {
  machine.relieve(fault);
  if (machine.state === "off") return;
  machine.afflict(fault, { down, trouble });
  if (diskLost) machine.disk.gone = true;
  if (down === "crashed") world.crash(machine);
  else world.pause(machine);
}

/** What took the machine down is over: it comes back, unless something else still holds it, or it is off. */
export function letGo(world: World, machine: Machine, fault: number): void {
  machine.relieve(fault);
  const held = machine.heldDown;
  if (machine.state === "crashed" && held !== "crashed") {
    world.restart(machine, false);
    if (held === "paused") world.pause(machine);
  } else if (held === null) world.resume(machine);
}
