import { invariant } from "../../core/invariant.ts";
import { usOf, type Us } from "../../core/time.ts";
import type { ProcessId } from "../../sim/process.ts";
import { Endpoint, type Standing } from "../endpoint.ts";
import { createBook, enter, haveOf, missingFrom, newIn, totalOf, type Book, type Entry } from "./book.ts";
import type { LedgerMessage, LedgerPlan } from "./plan.ts";

const TIMER_SPREAD = 0;
const DISK_BOOK = 0;
/** Timers from this one on are free for the node around a copy. */
export const TIMERS_OF_COPY = TIMER_SPREAD + 1;
/** So are tokens of the disk. */
export const TOKENS_OF_COPY = DISK_BOOK + 1;
/** Entries in one message; a copy that was away catches up in messages of this many. */
const ENTRIES_MOST = 256;

/** Copies that compare themselves seldom are heard seldom: so many comparisons must be missed before a node counts as silent. */
const COMPARISONS_MISSED = 3;

/** An entry on its way to the disk, and the claim that ends when it is there; −1 for one that is in the book already. */
interface Posting {
  readonly origin: string;
  readonly entry: Entry;
  readonly claim: number;
}

/**
 * A copy of all accounts on one machine: its book, the log on its disk, and the talk with the other copies, in which
 * each tells how far it is and is sent what it lacks.
 * Source: Demers et al. 1987, "Epidemic algorithms for replicated database maintenance", section 1.3 (anti-entropy).
 */
export abstract class LedgerCopy extends Endpoint<string> {
  protected readonly plan: LedgerPlan;
  protected book: Book;
  readonly #heardAtUs = new Map<ProcessId, Us>();
  /** The book's log; a crash keeps the first `#durable`. */
  #log: Posting[] = [];
  #durable = 0;
  #syncing = 0;

  constructor(standing: Standing, plan: LedgerPlan) {
    super(standing);
    this.plan = plan;
    this.book = createBook(plan.accounts, plan.opening);
  }

  /** An entry that waited for the disk is there, and in the book. */
  protected abstract recorded(claim: number, entry: Entry): void;

  /** Begins to compare itself with the others. */
  begin(): void {
    this.world.setTimer(this.self, TIMER_SPREAD, usOf(this.plan.spreadEveryMs));
  }

  /** Balances as this copy has them. */
  get balances(): readonly number[] {
    return this.book.balances;
  }

  /** True when nothing was heard from a node for so long that it counts as out of reach. */
  protected isSilent(node: ProcessId): boolean {
    if (node === this.self) return false;
    const { silenceMs, spreadEveryMs } = this.plan;
    const silentUs = this.world.kernel.nowUs - (this.#heardAtUs.get(node) ?? 0);
    return silentUs > usOf(Math.max(silenceMs, COMPARISONS_MISSED * spreadEveryMs));
  }

  /** Writes an entry; `recorded` tells when it is on the disk, and only then anybody sees it. */
  protected record(entry: Entry, claim: number): void {
    this.#write({ origin: this.#origin("own"), entry, claim });
  }

  /** Enters what was decided, and is kept, elsewhere; this disk has it when it gets to it. */
  protected takeOver(entry: Entry): void {
    if (!this.book.known.has(entry.id)) this.#post(this.#origin("decided"), entry);
  }

  /** Only one life of a copy writes under a name, and in one order: what others count on can't change in a crash. */
  #origin(sort: "own" | "decided"): string {
    return `${this.self}.${this.machine.incarnation}.${sort}`;
  }

  #post(origin: string, entry: Entry): void {
    enter(this.book, origin, entry);
    this.#write({ origin, entry, claim: -1 });
  }

  #write(posting: Posting): void {
    this.#log.push(posting);
    if (this.#syncing === 0) this.#sync();
  }

  #sync(): void {
    this.#syncing = this.#log.length;
    this.machine.sync(this.self, DISK_BOOK);
  }

  override synced(_token: number): void {
    const fresh = this.#log.slice(this.#durable, this.#syncing);
    this.#durable = this.#syncing;
    this.#syncing = 0;
    if (this.#log.length > this.#durable) this.#sync();
    for (const { origin, entry, claim } of fresh) {
      if (claim < 0) continue;
      enter(this.book, origin, entry);
      this.recorded(claim, entry);
    }
  }

  /** Tells the others how far this copy is, so that they send what it lacks. */
  protected override due(_timer: number): void {
    const { members, accounts, opening } = this.plan;
    invariant(totalOf(this.book) === accounts * opening, `ledger: ${this.machine.name} made or lost money`);
    const message: LedgerMessage = { type: "have", have: haveOf(this.book) };
    for (const member of members) if (member !== this.self) this.tell(member, message);
    this.begin();
  }

  protected override heard(from: ProcessId, message: unknown): void {
    const body = message as LedgerMessage;
    this.#heardAtUs.set(from, this.world.kernel.nowUs);
    if (body.type === "have") {
      const batches = missingFrom(this.book, body.have, ENTRIES_MOST);
      if (batches.length > 0) this.tell(from, { type: "entries", batches }, 1);
    } else if (body.type === "entries") {
      for (const batch of body.batches) for (const entry of newIn(this.book, batch)) this.#post(batch.origin, entry);
    }
  }

  /** After a crash the book is made again from what is on the disk; without a disk, from what the others send. */
  override restarted(diskLost: boolean): void {
    this.book = createBook(this.plan.accounts, this.plan.opening);
    this.#log = diskLost ? [] : this.#log.slice(0, this.#durable);
    this.#durable = this.#log.length;
    this.#syncing = 0;
    for (const { origin, entry } of this.#log) enter(this.book, origin, entry);
    for (const member of this.plan.members) this.#heardAtUs.set(member, this.world.kernel.nowUs);
    this.begin();
  }
}
