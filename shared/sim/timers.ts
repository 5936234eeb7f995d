import { NO_HANDLE, type Handle } from "./eventQueue.ts";
import type { ProcessId } from "./process.ts";

/** Timers of a process are named by a whole number below this. */
export const TIMERS = 16;

/** Which event of the kernel is which process's timer: one per process and name. */
export class Timers {
  readonly #handles: Handle[] = [];

  /** Makes room for one more process. */
  add(): void {
    for (let name = 0; name < TIMERS; name++) this.#handles.push(NO_HANDLE);
  }

  get(process: ProcessId, name: number): Handle {
    return this.#handles[process * TIMERS + name]!;
  }

  /** `NO_HANDLE`: it is not set. */
  set(process: ProcessId, name: number, handle: Handle): void {
    this.#handles[process * TIMERS + name] = handle;
  }
}
