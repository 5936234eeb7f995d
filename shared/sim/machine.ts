import { broken } from "../core/invariant.ts";
import type { Us } from "../core/time.ts";
import { Afflictions } from "./affliction.ts";
import { clockErrorUs, clockRate, type ClockError } from "./clock.ts";
import { Disk } from "./disk.ts";
import { JobQueue } from "./jobQueue.ts";
import { EVENT, type Kernel } from "./kernel.ts";
import type { ProcessId } from "./process.ts";

/** Work for a CPU: which process wants it, what it is about, and how long it takes at speed 1. */
export interface Job {
  readonly process: ProcessId;
  readonly subject: unknown;
  readonly costUs: Us;
}

export interface MachineSetup {
  readonly name: string;
  readonly zone: number;
  /** Jobs that run at the same time. */
  readonly workers: number;
  /** Jobs that may wait; more are turned away. */
  readonly queueCap: number;
  /** How long making a batch durable takes. */
  readonly syncUs: Us;
  /** How wrong its clock is from the start; left out: not at all. */
  readonly clock?: ClockError;
}

/** What a fault, or an operator's order, does to a machine. */
export interface MachineAffliction {
  /** CPU and disk take this many times as long. */
  readonly slowdown?: number;
  /** It is held down: it comes back when nothing holds it any more. */
  readonly down?: "paused" | "crashed";
  readonly clock?: ClockError;
  /** Share of its disk that is in use, 0 to 1; full at 1. */
  readonly diskUsed?: number;
  /** What its disk holds is no longer what was written. */
  readonly rotten?: boolean;
  /** In words, for the ledger of losses: "crash of oak"; empty while it only announces itself. */
  readonly trouble: string;
}

export type MachineState = "up" | "paused" | "crashed" | "off";

/**
 * One machine: CPU workers fed by one bounded first-in-first-out queue, a disk, a clock of its own. While it is paused,
 * everything that reaches it waits; while it is crashed or off, everything is lost.
 * Simplified: handling a replication message or a probe costs no CPU; a job that runs when a pause begins ends after it.
 */
export class Machine {
  readonly index: number;
  readonly name: string;
  readonly zone: number;
  readonly disk: Disk;
  readonly #kernel: Kernel;
  readonly #clock: readonly ClockError[];
  readonly #afflictions = new Afflictions<MachineAffliction>();
  #clockErrors: readonly ClockError[];
  readonly #waiting = new JobQueue<Job>();

  workers: number;
  queueCap: number;
  /** 1 is normal; 0.25 takes four times as long. */
  speed = 1;
  state: MachineState = "up";
  /** What is wrong with it, in words; empty while all is well. */
  trouble = "";
  /** Cut off from all traffic by an operator. */
  fenced = false;
  /** Seconds that its clock counts in a true one; its timers run by it. */
  clockRate = 1;
  busy = 0;
  /** Grows at each crash, so that what was under way before is recognised. */
  incarnation = 0;
  /** Sum over time of busy workers, in worker-microseconds, up to the last change. */
  #busyUs = 0;
  #busySinceUs = 0;
  #queuedUs = 0;
  /** Jobs begun, and jobs turned away because the queue was full. */
  begun = 0;
  blocked = 0;

  constructor(kernel: Kernel, index: number, setup: MachineSetup) {
    this.#kernel = kernel;
    this.index = index;
    this.name = setup.name;
    this.zone = setup.zone;
    this.workers = setup.workers;
    this.queueCap = setup.queueCap;
    this.disk = new Disk(kernel, this, setup.syncUs);
    this.#clock = setup.clock === undefined ? [] : [setup.clock];
    this.#clockErrors = this.#clock;
    this.clockRate = clockRate(this.#clock);
  }

  get queueDepth(): number {
    return this.#waiting.length;
  }

  /** The longest that the queue has been. */
  get queueDepthMax(): number {
    return this.#waiting.lengthMax;
  }

  /** This machine's own idea of the time. */
  clockUs(): Us {
    return this.#kernel.nowUs + this.clockErrorUs();
  }

  /** How far its clock is ahead of true time; negative when it is behind. */
  clockErrorUs(): Us {
    return this.#clockErrors.length === 0 ? 0 : clockErrorUs(this.#clockErrors, this.#kernel.nowUs);
  }

  /** Something ails it from now on, or in another way than before. */
  afflict(fault: number, affliction: MachineAffliction): void {
    this.#afflictions.set(fault, affliction);
    this.#sumUp();
  }

  /** What this fault did to it is over. */
  relieve(fault: number): void {
    if (this.#afflictions.delete(fault)) this.#sumUp();
  }

  /** What a fault does to it now; undefined when nothing, or when a restart ended it. */
  affliction(fault: number): MachineAffliction | undefined {
    return this.#afflictions.get(fault);
  }

  /** A fresh start ends whatever ailed what runs on it, and what held it down; its disk and its clock stay as they are. */
  heal(): void {
    this.#afflictions.keep(
      ({ clock, diskUsed, rotten }) => clock !== undefined || diskUsed !== undefined || rotten === true,
    );
    this.#sumUp();
  }

  /** What holds it down: a crash counts more than a pause; null when nothing does. */
  get heldDown(): "paused" | "crashed" | null {
    const holds = [...this.#afflictions.all()].map(({ down }) => down);
    return holds.includes("crashed") ? "crashed" : holds.includes("paused") ? "paused" : null;
  }

  /** Its disk was found to be rotten by a sync: what did that holds it down from now on. */
  failForRot(): void {
    this.#afterRot({ rotten: false, down: "crashed" });
    this.disk.gone = true;
  }

  /** Looks at its disk before it starts: true when it has to start empty. */
  startsEmpty(): boolean {
    const empty = this.disk.startsEmpty();
    if (empty) this.#afterRot({ rotten: false });
    return empty;
  }

  /** Takes a job or turns it away (false) when the queue is full. */
  submit(job: Job): boolean {
    if (this.busy < this.workers) {
      this.#begin(job);
      return true;
    }
    if (this.queueDepth >= this.queueCap) {
      this.blocked++;
      return false;
    }
    this.#account();
    this.#waiting.add(job);
    return true;
  }

  /** A worker is free again: called by the world at the end of each job. */
  finish(): void {
    this.#account();
    this.busy--;
    if (this.busy < 0) broken(`machine ${this.name}: more jobs ended than began`);
    this.#feed();
  }

  /** Changes the number of workers; those that run finish their job first. */
  resize(workers: number): void {
    this.workers = workers;
    this.#feed();
  }

  /** Asks for everything written so far to be durable; `Process.synced` tells when. */
  sync(process: ProcessId, token: number): void {
    this.disk.sync(process, token);
  }

  /** Drops all work: the power is gone. */
  powerLoss(): void {
    this.#account();
    this.incarnation++;
    this.#waiting.clear();
    this.busy = 0;
    this.disk.powerLoss();
  }

  /** Worker-microseconds of work done so far. */
  busyUs(): Us {
    this.#account();
    return this.#busyUs;
  }

  /** Sum over time of waiting jobs, in job-microseconds, so far. */
  queuedUs(): Us {
    this.#account();
    return this.#queuedUs;
  }

  #feed(): void {
    this.#account();
    while (this.busy < this.workers && this.#waiting.length > 0) this.#begin(this.#waiting.take()!);
  }

  #begin(job: Job): void {
    this.#account();
    this.busy++;
    this.begun++;
    this.#kernel.after(job.costUs / this.speed, EVENT.workDone, this.index, this.incarnation, job);
  }

  #afterRot(change: Partial<MachineAffliction>): void {
    for (const [fault, affliction] of this.#afflictions.entries()) {
      if (affliction.rotten === true) this.#afflictions.set(fault, { ...affliction, ...change });
    }
    this.#sumUp();
  }

  #sumUp(): void {
    const all = [...this.#afflictions.all()];
    this.speed = all.reduce((speed, { slowdown = 1 }) => speed / slowdown, 1);
    this.trouble = all.findLast(({ trouble }) => trouble !== "")?.trouble ?? "";
    this.#clockErrors = [...this.#clock, ...all.flatMap(({ clock }) => clock ?? [])];
    this.clockRate = clockRate(this.#clockErrors);
    this.disk.rotten = all.some(({ rotten }) => rotten === true);
    this.disk.used = Math.max(0, ...all.map(({ diskUsed = 0 }) => diskUsed));
  }

  #account(): void {
    const now = this.#kernel.nowUs;
    this.#busyUs += this.busy * (now - this.#busySinceUs);
    this.#queuedUs += this.queueDepth * (now - this.#busySinceUs);
    this.#busySinceUs = now;
  }
}
