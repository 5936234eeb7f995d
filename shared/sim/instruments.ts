import type { ReplyOutcome, Request } from "./message.ts";

/**
 * Who measures the components from inside, for experiments: every request that enters one and leaves it again. It has no
 * influence on what happens, and is not there in a match.
 */
export interface Instruments {
  /** A request reached an instance of a component (by index) on a machine. */
  arrived(component: number, machine: number, request: Request): void;
  /** It left: answered in some way, or passed on to another replica. One that a crash swallows never leaves. */
  left(component: number, machine: number, request: Request, how: ReplyOutcome | "passed"): void;
}
