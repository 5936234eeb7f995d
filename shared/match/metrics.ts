import { OPERATION_KINDS, type OperationKind } from "../core/operations.ts";
import { msOf, type Us } from "../core/time.ts";
import type { Instruments } from "../sim/instruments.ts";
import type { ReplyOutcome, Request } from "../sim/message.ts";
import type { World } from "../sim/world.ts";

/** How a request left an instance. */
export type Exit = ReplyOutcome | "passed" | "blocked" | "lost";

/** A request inside an instance. */
interface Inside {
  readonly kind: OperationKind;
  readonly component: number;
  readonly machine: number;
  readonly sinceUs: Us;
}

/** What was counted of one operation kind in one component. */
export class Tally {
  arrived = 0;
  readonly left: Record<Exit, number> = { ok: 0, fail: 0, refused: 0, unknown: 0, passed: 0, blocked: 0, lost: 0 };
  /** Times in system of those that were let in and left, ms, in the order in which they left. */
  readonly timesMs: number[] = [];
  inside = 0;
  insideMax = 0;
  /** Time average of the number in system while clients asked. */
  closedMean = 0;
  /** Requests let in, times the time each was inside: the area under the number in system. */
  #areaUs = 0;
  #changedUs = 0;

  enter(nowUs: Us): void {
    this.#account(nowUs);
    this.arrived++;
    this.inside++;
    this.insideMax = Math.max(this.insideMax, this.inside);
  }

  leave(nowUs: Us, how: Exit, sinceUs: Us): void {
    this.#account(nowUs);
    this.inside--;
    this.left[how]++;
    // Who is turned away at the door was never inside.
    if (how !== "blocked" && how !== "lost") this.timesMs.push(msOf(nowUs - sinceUs));
  }

  /** Time average of the number in system from the start until now. */
  meanInside(nowUs: Us): number {
    this.#account(nowUs);
    return nowUs === 0 ? 0 : this.#areaUs / nowUs;
  }

  /** Keeps the average as it is now. */
  close(nowUs: Us): void {
    this.closedMean = this.meanInside(nowUs);
  }

  #account(nowUs: Us): void {
    this.#areaUs += this.inside * (nowUs - this.#changedUs);
    this.#changedUs = nowUs;
  }
}

/** What a machine's CPU has done so far: worker time, waiting time, jobs. */
export interface MachineReading {
  readonly busyUs: Us;
  readonly queuedUs: Us;
  readonly begun: number;
  readonly waiting: number;
  readonly blocked: number;
}

/**
 * Measures every component of a match from inside: who came in, how they left, how long they were there. The number in
 * system is integrated over time on its own, so that Little's law is a check on the simulation and no tautology.
 */
export class Metrics implements Instruments {
  readonly #world: World;
  /** What the machines had done when nobody asked any more. */
  machines: readonly MachineReading[] = [];
  /** When that was. */
  closedUs: Us = 0;
  readonly #inside = new Map<string, Inside>();
  readonly #tallies = new Map<number, Map<OperationKind, Tally>>();

  constructor(world: World) {
    this.#world = world;
  }

  closed(): void {
    this.closedUs = this.#nowUs();
    for (const kinds of this.#tallies.values()) for (const tally of kinds.values()) tally.close(this.closedUs);
    this.machines = this.#world.machines.map((machine) => ({
      busyUs: machine.busyUs(),
      queuedUs: machine.queuedUs(),
      begun: machine.begun,
      waiting: machine.queueDepth,
      blocked: machine.blocked,
    }));
  }

  arrived(component: number, machine: number, request: Request): void {
    const nowUs = this.#nowUs();
    this.tally(component, request.kind).enter(nowUs);
    this.#inside.set(nameOf(component, machine, request), { kind: request.kind, component, machine, sinceUs: nowUs });
  }

  left(component: number, machine: number, request: Request, how: ReplyOutcome | "passed", reason = ""): void {
    const name = nameOf(component, machine, request);
    const inside = this.#inside.get(name);
    if (inside === undefined) return;
    this.#inside.delete(name);
    const exit: Exit = how === "refused" && reason === "queueFull" ? "blocked" : how;
    this.tally(component, inside.kind).leave(this.#nowUs(), exit, inside.sinceUs);
  }

  lost(machine: number): void {
    for (const [name, inside] of this.#inside) {
      if (inside.machine !== machine) continue;
      this.#inside.delete(name);
      this.tally(inside.component, inside.kind).leave(this.#nowUs(), "lost", inside.sinceUs);
    }
  }

  #nowUs(): Us {
    return this.#world.kernel.nowUs;
  }

  /** What was counted of a kind of operation in a component so far. */
  tally(component: number, kind: OperationKind): Tally {
    let kinds = this.#tallies.get(component);
    if (kinds === undefined) this.#tallies.set(component, (kinds = new Map()));
    let tally = kinds.get(kind);
    if (tally === undefined) kinds.set(kind, (tally = new Tally()));
    return tally;
  }

  /** Kinds of operation that reached a component, in the order of the catalogue. */
  kindsOf(component: number): OperationKind[] {
    const kinds = this.#tallies.get(component);
    return kinds === undefined ? [] : OPERATION_KINDS.filter((kind) => kinds.has(kind));
  }
}

/** Who waits for the answer, and under which number, names a request at an instance. */
function nameOf(component: number, machine: number, { replyTo, call }: Request): string {
  return `${component}/${machine}/${replyTo}/${call}`;
}
