import { usOf } from "../../core/time.ts";
import { begin } from "../../protocols/twoPhaseCommit/coordinator.ts";
import type { CommitMessage, TransactionId } from "../../protocols/twoPhaseCommit/messages.ts";
import { decideByHand, refusal, vote } from "../../protocols/twoPhaseCommit/participant.ts";
import { committedWork, recover } from "../../protocols/twoPhaseCommit/recovery.ts";
import {
  createCommitState,
  inDoubt,
  type CommitIo,
  type CommitState,
  type Decided,
} from "../../protocols/twoPhaseCommit/state.ts";
import * as twoPhaseCommit from "../../protocols/twoPhaseCommit/twoPhaseCommit.ts";
import type { ProcessId } from "../../sim/process.ts";
import { Deadlines } from "../deadlines.ts";
import type { Standing } from "../endpoint.ts";
import { overdrawn } from "./book.ts";
import { LedgerCopy, TIMERS_OF_COPY, TOKENS_OF_COPY } from "./copy.ts";
import { ballotOf, touched } from "./cover.ts";
import { claim, createLocks, locksHeld, locksWaiting, release, type LockTable } from "./locks.ts";
import type { CopyMessage, LedgerPlan, LedgerWork } from "./plan.ts";

/** Timers beside those of the copy: repeating what transactions have not heard, waiting for locks. */
const TIMER_COMMIT = TIMERS_OF_COPY;
const TIMER_LOCKS = TIMERS_OF_COPY + 1;
/** Timers from this one on are free for the node around it. */
export const TIMERS_OF_PARTICIPANT = TIMERS_OF_COPY + 2;
/** The disk's token for the log of transactions. */
const DISK_COMMIT = TOKENS_OF_COPY;

/** What accounts are claimed for: a part of a transaction, or what the node around it wants. */
type Purpose<Wish> =
  | { readonly type: "wish"; readonly wish: Wish }
  | { readonly type: "part"; readonly transaction: TransactionId; readonly work: LedgerWork };

/**
 * A copy that locks accounts, and takes part in transactions over several nodes: it promises with the accounts locked,
 * and keeps them so until it knows how the transaction ended.
 */
export abstract class LedgerParticipant<Wish> extends LedgerCopy {
  readonly #io: CommitIo<LedgerWork>;
  readonly #deadlines: Deadlines<number>;
  readonly #purposes = new Map<number, Purpose<Wish>>();
  readonly #claimOf = new Map<TransactionId, number>();
  #locks: LockTable = createLocks();
  #commit: CommitState<LedgerWork>;
  #claims = 0;

  constructor(standing: Standing, plan: LedgerPlan) {
    super(standing, plan);
    this.#io = this.#commitIo();
    this.#deadlines = new Deadlines(standing.world, standing.self, TIMER_LOCKS);
    this.#commit = createCommitState(plan.commit, 0);
  }

  /** All accounts of a wish are locked; `free` ends the claim. */
  protected abstract granted(claim: number, wish: Wish): void;
  /** The accounts of a wish stayed locked for too long; the claim has ended. */
  protected abstract timedOut(wish: Wish): void;
  /** A transaction that this node began has ended. */
  protected abstract decided(transaction: TransactionId, verdict: Decided): void;

  /** What it can tell of itself: locks held, waiting, in doubt, overdrawn, decided wrongly by hand. */
  gauges(): readonly number[] {
    const { participated, damaged } = this.#commit;
    const doubtful = participated.size === 0 ? 0 : inDoubt(this.#commit).length;
    return [locksHeld(this.#locks), locksWaiting(this.#locks), doubtful, overdrawn(this.book), damaged];
  }

  /** How transactions ended here, true for committed: for those who check from outside that they ended so everywhere. */
  get outcomes(): ReadonlyMap<TransactionId, boolean> {
    return this.#commit.outcomes;
  }

  /** Transactions that it has promised to commit and of which it does not know how they ended. */
  get doubts(): readonly TransactionId[] {
    return inDoubt(this.#commit);
  }

  /** An operator aborts by hand what is in doubt here, so that its accounts are free. */
  abortDoubts(): void {
    for (const transaction of this.doubts) decideByHand(this.#commit, this.#io, { transaction, commit: false });
  }

  /** Locks accounts, now or when they are free. */
  protected lock(accounts: readonly number[], wish: Wish): void {
    this.#claim(accounts, { type: "wish", wish });
  }

  /** Ends a claim; whoever waited for its accounts goes on. */
  protected free(id: number): void {
    this.#purposes.delete(id);
    for (const next of release(this.#locks, id)) this.#go(next);
  }

  /** Begins a transaction over several nodes; `decided` tells how it ended. */
  protected transact(works: ReadonlyMap<ProcessId, LedgerWork>): TransactionId {
    return begin(this.#commit, this.#io, works);
  }

  #claim(accounts: readonly number[], purpose: Purpose<Wish>): void {
    const id = this.#claims++;
    this.#purposes.set(id, purpose);
    if (purpose.type === "part") this.#claimOf.set(purpose.transaction, id);
    if (claim(this.#locks, id, accounts)) this.#go(id);
    else this.#deadlines.add(usOf(this.plan.lockTimeoutMs), id);
  }

  #go(id: number): void {
    const purpose = this.#purposes.get(id)!;
    if (purpose.type === "wish") this.granted(id, purpose.wish);
    else vote(this.#commit, this.#io, purpose.transaction, ballotOf(this.plan, this.book, this.self, purpose.work));
  }

  #claimPart(transaction: TransactionId, work: LedgerWork): void {
    this.#claim(touched(this.plan, this.self, work), { type: "part", transaction, work });
  }

  #freePart(transaction: TransactionId): void {
    const id = this.#claimOf.get(transaction);
    if (id !== undefined && this.#claimOf.delete(transaction)) this.free(id);
  }

  #commitIo(): CommitIo<LedgerWork> {
    return {
      self: this.self,
      clockUs: () => this.machine.clockUs(),
      send: (to, message) => this.tell(to, message, message.type === "prepare" ? 1 : 0),
      sync: () => this.machine.sync(this.self, DISK_COMMIT),
      setTimer: (delayUs) => this.world.setTimer(this.self, TIMER_COMMIT, delayUs),
      prepare: (transaction, work) => this.#claimPart(transaction, work),
      restore: (transaction, work) => this.#claimPart(transaction, work),
      commit: (transaction, { entries }) => {
        for (const entry of entries) this.takeOver(entry);
        this.#freePart(transaction);
      },
      abort: (transaction) => this.#freePart(transaction),
      decided: (transaction, verdict) => this.decided(transaction, verdict),
    };
  }

  override synced(token: number): void {
    if (token === DISK_COMMIT) twoPhaseCommit.synced(this.#commit, this.#io);
    else super.synced(token);
  }

  protected override due(timer: number): void {
    if (timer === TIMER_COMMIT) twoPhaseCommit.timer(this.#commit, this.#io);
    else if (timer === TIMER_LOCKS) this.#giveUp();
    else super.due(timer);
  }

  /** Claims that waited for too long; one that has all its accounts is no longer waiting. */
  #giveUp(): void {
    for (let id = this.#deadlines.due(); id !== undefined; id = this.#deadlines.due()) {
      const purpose = this.#purposes.get(id);
      const it = this.#locks.claims.get(id);
      if (purpose === undefined || it === undefined || it.held === it.accounts.length) continue;
      this.free(id);
      if (purpose.type === "wish") this.timedOut(purpose.wish);
      else {
        this.#claimOf.delete(purpose.transaction);
        vote(this.#commit, this.#io, purpose.transaction, refusal("lockTimeout"));
      }
    }
  }

  protected override heard(from: ProcessId, message: unknown): void {
    const body = message as CommitMessage<LedgerWork> | CopyMessage;
    super.heard(from, body);
    if (body.type !== "have" && body.type !== "entries") twoPhaseCommit.receive(this.#commit, this.#io, from, body);
  }

  protected override forget(): void {
    this.#locks = createLocks();
    this.#deadlines.clear();
    for (const memory of [this.#purposes, this.#claimOf]) memory.clear();
  }

  override restarted(diskLost: boolean): void {
    super.restarted(diskLost);
    this.#commit = recover(this.#commit, this.#io, diskLost);
    for (const { entries } of committedWork(this.#commit.log)) for (const entry of entries) this.takeOver(entry);
  }
}
