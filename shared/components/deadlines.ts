import type { Us } from "../core/time.ts";
import type { ProcessId } from "../sim/process.ts";
import type { World } from "../sim/world.ts";

interface Deadline<Entry> {
  readonly atUs: Us;
  readonly entry: Entry;
}

/** Any number of deadlines of one process behind a single timer; those of one moment fall due in the order they were set. */
export class Deadlines<Entry> {
  readonly #world: World;
  readonly #process: ProcessId;
  readonly #timer: number;
  /** By time, from `#head` on. */
  #waiting: Deadline<Entry>[] = [];
  #head = 0;

  /** `timer` is the name of the timer that is theirs alone. */
  constructor(world: World, process: ProcessId, timer: number) {
    this.#world = world;
    this.#process = process;
    this.#timer = timer;
  }

  add(delayUs: Us, entry: Entry): void {
    const atUs = this.#world.kernel.nowUs + Math.max(1, Math.round(delayUs));
    let place = this.#waiting.length;
    while (place > this.#head && this.#waiting[place - 1]!.atUs > atUs) place--;
    this.#waiting.splice(place, 0, { atUs, entry });
    if (place === this.#head) this.#arm();
  }

  /** Takes the next one that is due by now; undefined when there is none, and then the timer is set for the next. */
  due(): Entry | undefined {
    const first = this.#waiting[this.#head];
    if (first === undefined || first.atUs > this.#world.kernel.nowUs) {
      this.#arm();
      return undefined;
    }
    this.#head++;
    if (this.#head === this.#waiting.length || this.#head === 1_024) {
      this.#waiting = this.#waiting.slice(this.#head);
      this.#head = 0;
    }
    return first.entry;
  }

  /** Forgets all: the power is gone. */
  clear(): void {
    this.#waiting = [];
    this.#head = 0;
  }

  #arm(): void {
    const first = this.#waiting[this.#head];
    if (first === undefined) return;
    this.#world.setTimer(this.#process, this.#timer, Math.max(1, first.atUs - this.#world.kernel.nowUs));
  }
}
