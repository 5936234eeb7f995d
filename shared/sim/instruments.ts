import type { ReplyOutcome, Request } from "./message.ts";

/** Who looks at the components from inside: every request that enters one and leaves it again. It changes nothing. */
export interface Instruments {
  /** A request reached an instance of a component (by index) on a machine. */
  arrived(component: number, machine: number, request: Request): void;
  /** It left: answered in some way (with the reason of a refusal), or passed on to another replica. */
  left(component: number, machine: number, request: Request, how: ReplyOutcome | "passed", reason?: string): void;
  /** Nobody asks any more; what was asked is still to be answered. */
  closed(): void;
  /** A machine lost its power: whatever was there never leaves. */
  lost(machine: number): void;
}

/** Two who look at the same. */
export function both(one: Instruments, other: Instruments): Instruments {
  return {
    arrived(component, machine, request) {
      one.arrived(component, machine, request);
      other.arrived(component, machine, request);
    },
    left(component, machine, request, how, reason) {
      one.left(component, machine, request, how, reason);
      other.left(component, machine, request, how, reason);
    },
    closed() {
      one.closed();
      other.closed();
    },
    lost(machine) {
      one.lost(machine);
      other.lost(machine);
    },
  };
}
