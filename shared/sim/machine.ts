import { invariant } from "../core/invariant.ts";
import type { Us } from "../core/time.ts";
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
}

/** What a fault, or an operator's order, does to a machine. */
export interface MachineAffliction {
  /** CPU and disk take this many times as long. */
  readonly slowdown?: number;
  /** In words, for the ledger of losses: "crash of oak"; empty while it only announces itself. */
  readonly trouble: string;
}

export type MachineState = "up" | "paused" | "crashed" | "off";

/**
 * One machine: CPU workers fed by one bounded first-in-first-out queue, a disk with group commit, a clock of its own.
 * While it is paused, everything that reaches it waits; while it is crashed or off, everything is lost.
 * Simplified: handling a replication message or a probe costs no CPU; a job that runs when a pause begins ends after it.
 */
export class Machine {
  readonly index: number;
  readonly name: string;
  readonly zone: number;
  readonly #kernel: Kernel;
  #waiting: Job[] = [];
  #head = 0;
  #syncing = false;
  #syncQueue: { process: ProcessId; token: number }[] = [];

  workers: number;
  queueCap: number;
  syncUs: Us;
  readonly #afflictions = new Map<number, MachineAffliction>();
  /** 1 is normal; 0.25 takes four times as long. */
  speed = 1;
  state: MachineState = "up";
  /** What is wrong with it, in words; empty while all is well. */
  trouble = "";
  /** Cut off from all traffic by an operator. */
  fenced = false;
  /** Error of this machine's clock against true time, microseconds; positive is ahead. */
  skewUs: Us = 0;
  busy = 0;
  /** Grows at each crash, so that what was under way before is recognised. */
  incarnation = 0;
  /** Sum over time of busy workers, in worker-microseconds, up to the last change. */
  #busyUs = 0;
  #busySinceUs = 0;
  #queuedUs = 0;
  /** Jobs begun, jobs turned away because the queue was full, and the longest that the queue has been. */
  begun = 0;
  blocked = 0;
  queueDepthMax = 0;

  constructor(kernel: Kernel, index: number, setup: MachineSetup) {
    this.#kernel = kernel;
    this.index = index;
    this.name = setup.name;
    this.zone = setup.zone;
    this.workers = setup.workers;
    this.queueCap = setup.queueCap;
    this.syncUs = setup.syncUs;
  }

  get queueDepth(): number {
    return this.#waiting.length - this.#head;
  }

  /** This machine's own idea of the time. */
  clockUs(): Us {
    return this.#kernel.nowUs + this.skewUs;
  }

  /** Something ails it from now on. Afflictions are kept by fault, so that the end of one is not the end of another. */
  afflict(fault: number, affliction: MachineAffliction): void {
    this.#afflictions.set(fault, affliction);
    this.#sumUp();
  }

  /** What this fault did to it is over. */
  relieve(fault: number): void {
    if (this.#afflictions.delete(fault)) this.#sumUp();
  }

  /** Whatever ailed it is gone. */
  heal(): void {
    this.#afflictions.clear();
    this.#sumUp();
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
    this.#waiting.push(job);
    this.queueDepthMax = Math.max(this.queueDepthMax, this.queueDepth);
    return true;
  }

  /** A worker is free again: called by the world at the end of each job. */
  finish(): void {
    this.#account();
    this.busy--;
    invariant(this.busy >= 0, `machine ${this.name}: more jobs ended than began`);
    this.#feed();
  }

  /** Changes the number of workers; those that run finish their job first. */
  resize(workers: number): void {
    this.workers = workers;
    this.#feed();
  }

  /** Asks for everything written so far to be durable; `Process.synced` tells when. */
  sync(process: ProcessId, token: number): void {
    this.#syncQueue.push({ process, token });
    if (!this.#syncing) this.#beginSync();
  }

  /** The disk made a batch durable: called by the world. */
  syncDone(): void {
    this.#syncing = false;
    if (this.#syncQueue.length > 0) this.#beginSync();
  }

  /** Drops all work: the power is gone. */
  powerLoss(): void {
    this.#account();
    this.incarnation++;
    this.#waiting = [];
    this.#head = 0;
    this.busy = 0;
    this.#syncing = false;
    this.#syncQueue = [];
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
    while (this.busy < this.workers && this.#head < this.#waiting.length) {
      const job = this.#waiting[this.#head++]!;
      if (this.#head > 1_000 && this.#head * 2 > this.#waiting.length) {
        this.#waiting = this.#waiting.slice(this.#head);
        this.#head = 0;
      }
      this.#begin(job);
    }
  }

  #begin(job: Job): void {
    this.#account();
    this.busy++;
    this.begun++;
    this.#kernel.after(job.costUs / this.speed, EVENT.workDone, this.index, this.incarnation, job);
  }

  #beginSync(): void {
    this.#syncing = true;
    const batch = this.#syncQueue;
    this.#syncQueue = [];
    this.#kernel.after(this.syncUs / this.speed, EVENT.synced, this.index, this.incarnation, batch);
  }

  #sumUp(): void {
    this.speed = 1;
    this.trouble = "";
    for (const { slowdown, trouble } of this.#afflictions.values()) {
      this.speed /= slowdown ?? 1;
      if (trouble !== "") this.trouble = trouble;
    }
  }

  #account(): void {
    const now = this.#kernel.nowUs;
    this.#busyUs += this.busy * (now - this.#busySinceUs);
    this.#queuedUs += this.queueDepth * (now - this.#busySinceUs);
    this.#busySinceUs = now;
  }
}
