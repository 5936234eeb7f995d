import type { Us } from "../core/time.ts";
import { EVENT, type Kernel } from "./kernel.ts";
import type { ProcessId } from "./process.ts";

/** What a disk has to know of its machine. */
export interface DiskOwner {
  readonly index: number;
  /** 1 is normal; 0.25 takes four times as long. */
  readonly speed: number;
  readonly incarnation: number;
}

/** Syncs that become durable together. */
export type SyncBatch = readonly { readonly process: ProcessId; readonly token: number }[];

/**
 * A disk with group commit: one batch at a time, and all that is written meanwhile goes with the next. While it is full,
 * no batch begins: reads go on, and whoever writes waits.
 * Simplified: a full disk does not say that it is full; what waits for it times out at whoever asked.
 */
export class Disk {
  readonly #kernel: Kernel;
  readonly #owner: DiskOwner;
  /** How long making a batch durable takes. */
  syncUs: Us;
  /** Some of what it holds is no longer what was written. The next sync, or the next start, finds out by its checksum. */
  rotten = false;
  /** What it held is lost: its machine starts empty next time. */
  gone = false;
  #used = 0;
  #syncing = false;
  #waiting: { process: ProcessId; token: number }[] = [];

  constructor(kernel: Kernel, owner: DiskOwner, syncUs: Us) {
    this.#kernel = kernel;
    this.#owner = owner;
    this.syncUs = syncUs;
  }

  /** Share in use, 0 to 1, as far as faults fill it; at 1 it is full. */
  get used(): number {
    return this.#used;
  }

  set used(share: number) {
    this.#used = share;
    this.#beginSync();
  }

  /** Asks for everything written so far to be durable; `Process.synced` tells when. */
  sync(process: ProcessId, token: number): void {
    this.#waiting.push({ process, token });
    this.#beginSync();
  }

  /** A batch is durable. */
  syncDone(): void {
    this.#syncing = false;
    this.#beginSync();
  }

  /** Drops what was not yet durable: the power is gone. */
  powerLoss(): void {
    this.#syncing = false;
    this.#waiting = [];
  }

  /** The checks of a start: true when it has nothing, or nothing to trust, and a fresh disk takes its place. */
  startsEmpty(): boolean {
    const empty = this.gone || this.rotten;
    this.gone = false;
    this.rotten = false;
    return empty;
  }

  #beginSync(): void {
    if (this.#syncing || this.#waiting.length === 0 || this.#used >= 1) return;
    this.#syncing = true;
    const batch = this.#waiting;
    this.#waiting = [];
    const { index, speed, incarnation } = this.#owner;
    this.#kernel.after(this.syncUs / speed, EVENT.synced, index, incarnation, batch);
  }
}
