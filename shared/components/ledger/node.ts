import type { Stream } from "../../core/random.ts";
import { usOf, type Us } from "../../core/time.ts";
import { begin } from "../../protocols/twoPhaseCommit/coordinator.ts";
import type { TransactionId } from "../../protocols/twoPhaseCommit/messages.ts";
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
import { STAGE } from "../../sim/journeys.ts";
import type { Request } from "../../sim/message.ts";
import type { ProcessId } from "../../sim/process.ts";
import { NOTHING } from "../answer.ts";
import { Deadlines } from "../deadlines.ts";
import type { Standing } from "../endpoint.ts";
import { overdrawn, type Entry } from "./book.ts";
import { LedgerCopy, TIMERS_OF_COPY, TOKENS_OF_COPY } from "./copy.ts";
import { ballotOf, covers, touched } from "./cover.ts";
import { claim, createLocks, locksHeld, locksWaiting, release, type LockTable } from "./locks.ts";
import { accountsOf, leaderOf, leadersOf, type LedgerMessage, type LedgerPlan, type LedgerWork } from "./plan.ts";

/** Timers of a node beside those of its copy: repeating what transactions have not heard, waiting for locks. */
const TIMER_COMMIT = TIMERS_OF_COPY;
const TIMER_LOCKS = TIMERS_OF_COPY + 1;
/** The disk's token for the log of transactions. */
const DISK_COMMIT = TOKENS_OF_COPY;

/** What accounts are claimed for. */
type Purpose =
  | { readonly type: "transfer"; readonly entry: Entry }
  | { readonly type: "read"; readonly request: Request }
  | { readonly type: "audit"; readonly request: Request }
  | { readonly type: "part"; readonly transaction: TransactionId; readonly work: LedgerWork };

/** One node of a ledger: a copy of all accounts, and at `strong` the one that decides for some of them. */
export class LedgerNode extends LedgerCopy {
  readonly #luck: Stream;
  readonly #io: CommitIo<LedgerWork>;
  readonly #lockDeadlines: Deadlines<number>;
  #locks: LockTable = createLocks();
  #commit: CommitState<LedgerWork>;
  readonly #purposes = new Map<number, Purpose>();
  readonly #claimOf = new Map<TransactionId, number>();
  /** Requests by the id of the entry that they wait for, and by the transaction that reads for them. */
  readonly #underWay = new Map<string, Request[]>();
  readonly #begun = new Map<TransactionId, { readonly id: string } | { readonly audit: Request }>();
  /** Ids that were declined: they stay so. Simplified: only until the node crashes. */
  readonly #declined = new Set<string>();
  #claims = 0;
  #entries = 0;

  constructor(standing: Standing, plan: LedgerPlan) {
    super(standing, plan);
    this.#luck = standing.world.streams.stream("service", `${plan.name}/${standing.machine.name}`);
    this.#io = this.#commitIo();
    this.#lockDeadlines = new Deadlines(standing.world, standing.self, TIMER_LOCKS);
    this.#commit = createCommitState(plan.commit, 0);
  }

  /** What it can tell of itself: locks held, waiting, in doubt, overdrawn, decided wrongly by hand. */
  gauges(): readonly number[] {
    const { participated, damaged } = this.#commit;
    const doubtful = participated.size === 0 ? 0 : inDoubt(this.#commit).length;
    return [locksHeld(this.#locks), locksWaiting(this.#locks), doubtful, overdrawn(this.book), damaged];
  }

  /** Transactions that it has promised to commit and of which it does not know how they ended. */
  get doubts(): readonly TransactionId[] {
    return inDoubt(this.#commit);
  }

  /** An operator aborts by hand what is in doubt here, so that its accounts are free. */
  abortDoubts(): void {
    for (const transaction of this.doubts) decideByHand(this.#commit, this.#io, { transaction, commit: false });
  }

  protected costUs(): Us {
    return this.plan.costUs.sample(this.#luck);
  }

  protected serve(request: Request): void {
    if (this.plan.consistency === "local") this.#serveHere(request, false);
    else if (request.kind === "audit") this.#audit(request);
    else this.#serveByLeader(request);
  }

  #serveByLeader(request: Request): void {
    const leader = leaderOf(this.plan, request.key);
    if (leader === this.self) this.#serveHere(request, true);
    else if (this.isSilent(leader) || request.hops > 0) this.refuse(request, "leaderUnreachable");
    else this.passOn(request, leader);
  }

  #serveHere(request: Request, strong: boolean): void {
    const { key, kind } = request;
    if (kind === "transfer") this.#transfer(request, strong);
    else if (strong) this.#claim([key], { type: "read", request });
    else if (kind === "audit") this.ok(request, { values: [...this.book.balances] });
    else this.ok(request, { value: this.book.balances[key]! });
  }

  /** Lock, look, deduct and record, unlock: here, or over two nodes where the payee's account is decided elsewhere. */
  #transfer(request: Request, strong: boolean): void {
    const id = this.#idOf(request);
    const waiting = this.#underWay.get(id);
    if (this.book.known.has(id)) this.ok(request);
    else if (this.#declined.has(id)) this.#decline(request);
    else if (waiting !== undefined) waiting.push(request);
    else {
      const entry: Entry = { id, from: request.key, to: request.other!, amount: request.argument! };
      this.#underWay.set(id, [request]);
      this.reach(request.operation, STAGE.replicating);
      const payee = leaderOf(this.plan, entry.to);
      if (strong && payee !== this.self) this.#transferOver(entry, payee);
      else this.#claim([entry.from, entry.to], { type: "transfer", entry });
    }
  }

  #transferOver(entry: Entry, payee: ProcessId): void {
    if (this.isSilent(payee)) {
      this.#endTransfer(entry.id, "leaderUnreachable");
      return;
    }
    const work: LedgerWork = { entries: [entry], audit: false };
    const works = new Map([this.self, payee].map((node) => [node, work]));
    this.#begun.set(begin(this.#commit, this.#io, works), { id: entry.id });
  }

  #audit(request: Request): void {
    const leaders = leadersOf(this.plan);
    this.reach(request.operation, STAGE.replicating);
    if (leaders.length === 1 && leaders[0] === this.self)
      this.#claim(accountsOf(this.plan, this.self), { type: "audit", request });
    else if (leaders.some((leader) => this.isSilent(leader))) this.refuse(request, "leaderUnreachable");
    else if (leaders.length === 1) this.passOn(request, leaders[0]!);
    else {
      const works = new Map(leaders.map((leader) => [leader, { entries: [], audit: true }]));
      this.#begun.set(begin(this.#commit, this.#io, works), { audit: request });
    }
  }

  #idOf({ operation }: Request): string {
    const isKnown = this.plan.idempotent && operation !== -1;
    return isKnown ? String(operation) : `${operation}#${this.self}.${this.machine.incarnation}.${this.#entries++}`;
  }

  #claim(accounts: readonly number[], purpose: Purpose): void {
    const id = this.#claims++;
    this.#purposes.set(id, purpose);
    if (purpose.type === "part") this.#claimOf.set(purpose.transaction, id);
    if (claim(this.#locks, id, accounts)) this.#granted(id);
    else this.#lockDeadlines.add(usOf(this.plan.lockTimeoutMs), id);
  }

  /** All accounts of a claim are locked: a fresh look at them decides. */
  #granted(id: number): void {
    const purpose = this.#purposes.get(id)!;
    switch (purpose.type) {
      case "read":
        this.ok(purpose.request, { value: this.book.balances[purpose.request.key]! });
        this.#free(id);
        break;
      case "audit":
        this.ok(purpose.request, { values: [...this.book.balances] });
        this.#free(id);
        break;
      case "transfer":
        if (covers(this.plan, this.book, this.self, [purpose.entry])) this.record(purpose.entry, id);
        else {
          this.#free(id);
          this.#endTransfer(purpose.entry.id, "insufficientFunds");
        }
        break;
      case "part":
        vote(this.#commit, this.#io, purpose.transaction, ballotOf(this.plan, this.book, this.self, purpose.work));
    }
  }

  #free(id: number): void {
    const purpose = this.#purposes.get(id);
    if (purpose?.type === "part") this.#claimOf.delete(purpose.transaction);
    this.#purposes.delete(id);
    for (const next of release(this.#locks, id)) this.#granted(next);
  }

  protected override recorded(id: number, entry: Entry): void {
    this.#free(id);
    this.#endTransfer(entry.id, "");
  }

  override synced(token: number): void {
    if (token === DISK_COMMIT) twoPhaseCommit.synced(this.#commit, this.#io);
    else super.synced(token);
  }

  /** Answers everybody who asked for an entry; `reason` is empty when it is in the book. */
  #endTransfer(id: string, reason: string): void {
    const requests = this.#underWay.get(id) ?? [];
    this.#underWay.delete(id);
    if (reason === "insufficientFunds") this.#declined.add(id);
    for (const request of requests) {
      if (reason === "") this.ok(request);
      else if (reason === "insufficientFunds") this.#decline(request);
      else this.refuse(request, reason);
    }
  }

  #decline(request: Request): void {
    this.reply(request, { ...NOTHING, outcome: "fail", reason: "insufficientFunds", node: this.machine.index });
  }

  #commitIo(): CommitIo<LedgerWork> {
    return {
      self: this.self,
      clockUs: () => this.machine.clockUs(),
      send: (to, message) => this.tell(to, message, message.type === "prepare" ? 1 : 0),
      sync: () => this.machine.sync(this.self, DISK_COMMIT),
      setTimer: (delayUs) => this.world.setTimer(this.self, TIMER_COMMIT, delayUs),
      prepare: (transaction, work) =>
        this.#claim(touched(this.plan, this.self, work), { type: "part", transaction, work }),
      restore: (transaction, work) =>
        this.#claim(touched(this.plan, this.self, work), { type: "part", transaction, work }),
      commit: (transaction, { entries }) => {
        for (const entry of entries) this.takeOver(entry);
        this.#freePart(transaction);
      },
      abort: (transaction) => this.#freePart(transaction),
      decided: (transaction, verdict) => this.#decided(transaction, verdict),
    };
  }

  #freePart(transaction: TransactionId): void {
    const id = this.#claimOf.get(transaction);
    if (id !== undefined) this.#free(id);
  }

  #decided(transaction: TransactionId, { commit, reason, ballots }: Decided): void {
    const begun = this.#begun.get(transaction);
    this.#begun.delete(transaction);
    if (begun === undefined) return;
    if ("id" in begun) this.#endTransfer(begun.id, commit ? "" : reason);
    else if (!commit) this.refuse(begun.audit, reason);
    else {
      const values = new Array<number>(this.plan.accounts).fill(0);
      for (const [node, { found }] of ballots)
        accountsOf(this.plan, node).forEach((account, place) => (values[account] = found![place]!));
      this.ok(begun.audit, { values });
    }
  }

  protected override due(timer: number): void {
    if (timer === TIMER_COMMIT) twoPhaseCommit.timer(this.#commit, this.#io);
    else if (timer === TIMER_LOCKS) this.#lockTimeouts();
    else super.due(timer);
  }

  #lockTimeouts(): void {
    for (let id = this.#lockDeadlines.due(); id !== undefined; id = this.#lockDeadlines.due()) {
      const purpose = this.#purposes.get(id);
      const it = this.#locks.claims.get(id);
      if (purpose === undefined || it === undefined || it.held === it.accounts.length) continue;
      this.#free(id);
      if (purpose.type === "part") vote(this.#commit, this.#io, purpose.transaction, refusal("lockTimeout"));
      else if (purpose.type === "transfer") this.#endTransfer(purpose.entry.id, "lockTimeout");
      else this.refuse(purpose.request, "lockTimeout");
    }
  }

  protected override heard(from: ProcessId, message: unknown): void {
    const body = message as LedgerMessage;
    super.heard(from, body);
    if (body.type !== "have" && body.type !== "entries") twoPhaseCommit.receive(this.#commit, this.#io, from, body);
  }

  protected override forget(): void {
    this.#locks = createLocks();
    this.#lockDeadlines.clear();
    for (const memory of [this.#purposes, this.#claimOf, this.#underWay, this.#begun, this.#declined]) memory.clear();
  }

  override restarted(diskLost: boolean): void {
    super.restarted(diskLost);
    this.#commit = recover(this.#commit, this.#io, diskLost);
    for (const { entries } of committedWork(this.#commit.log)) for (const entry of entries) this.takeOver(entry);
  }
}
