import type { ReplyOutcome, Request } from "./message.ts";

/**
 * Who measures the components from inside, for experiments: every request that enters one and leaves it again. It has no
 * influence on what happens, and is not there in a match.
 */
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
