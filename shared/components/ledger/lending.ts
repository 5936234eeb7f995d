import type { Stream } from "../../core/random.ts";
import { usOf } from "../../core/time.ts";
import type { Request } from "../../sim/message.ts";
import type { ProcessId } from "../../sim/process.ts";
import { Deadlines } from "../deadlines.ts";
import type { Standing } from "../endpoint.ts";
import type { Entry } from "./book.ts";
import { TIMERS_OF_PARTICIPANT, LedgerParticipant } from "./participant.ts";
import { leaderOf, type LedgerMessage, type LedgerPlan } from "./plan.ts";

const TIMER_LEASES = TIMERS_OF_PARTICIPANT;

/** What a node locks accounts for by itself. */
export type Wish =
  | { readonly type: "transfer"; readonly entry: Entry }
  | { readonly type: "look"; readonly request: Request }
  | { readonly type: "lend"; readonly entry: Entry; readonly to: ProcessId };

/** A payment that this node decides for, by a lease. */
interface Borrowed {
  readonly entry: Entry;
  readonly token: number;
  /** What the payer had when the lease was given. */
  readonly balance: number;
}

/**
 * Leases on accounts: the node that was asked locks them at their leader for a time, looks, decides, and has its decision
 * recorded. One that stands still meanwhile wakes up and goes on as if the lease were its own; its fencing token is what
 * the leader knows it by. Without tokens what it decided is recorded all the same, though others have spent the money.
 * Source: Gray & Cheriton 1989, Leases, section 2; Kleppmann 2016, How to do distributed locking.
 */
export abstract class LedgerLending extends LedgerParticipant<Wish> {
  protected readonly luck: Stream;
  readonly #deadlines: Deadlines<number>;
  /** As leader: claims that were lent, by fencing token, and who waits for an entry, by its id, to be on the disk. */
  readonly #lent = new Map<number, number>();
  readonly #settling = new Map<string, ProcessId>();
  #lastToken = 0;

  constructor(standing: Standing, plan: LedgerPlan) {
    super(standing, plan);
    this.luck = standing.world.streams.stream("service", `${plan.name}/${standing.machine.name}`);
    this.#deadlines = new Deadlines(standing.world, standing.self, TIMER_LEASES);
  }

  /** A payment has ended; `reason` is empty when it is in the leader's book. */
  protected abstract endTransfer(id: string, reason: string): void;

  /** Asks the leader for a lease on both accounts. */
  protected borrow(entry: Entry): void {
    this.#say(leaderOf(this.plan, entry.from), { type: "borrow", entry });
    this.pause(entry.id, usOf(this.plan.lockTimeoutMs + this.plan.leaseMs));
  }

  /** Nothing was heard of it: it may be recorded, or never be. */
  protected override resumed(id: string): void {
    this.endTransfer(id, "timeout");
  }

  /** As leader: the accounts are locked for somebody else; from now on its time runs. */
  protected lend(claim: number, { entry, to }: Extract<Wish, { type: "lend" }>): void {
    if (this.book.known.has(entry.id)) {
      this.free(claim);
      this.#say(to, { type: "settled", id: entry.id, reason: "" });
      return;
    }
    this.#lastToken += 1;
    const token = this.#lastToken;
    this.#lent.set(token, claim);
    this.#deadlines.add(usOf(this.plan.leaseMs), token);
    this.#say(to, { type: "lent", entry, token, balance: this.book.balances[entry.from]! });
  }

  /** As leader: an entry is on the disk; whoever decided about it is told. */
  protected settled({ id }: Entry): void {
    const to = this.#settling.get(id);
    if (to !== undefined && this.#settling.delete(id)) this.#say(to, { type: "settled", id, reason: "" });
  }

  protected refuseLease({ entry, to }: Extract<Wish, { type: "lend" }>): void {
    this.#say(to, { type: "settled", id: entry.id, reason: "lockTimeout" });
  }

  #say(to: ProcessId, message: LedgerMessage): void {
    this.tell(to, message, message.type === "settle" ? 1 : 0);
  }

  protected override heard(from: ProcessId, message: unknown): void {
    const body = message as LedgerMessage;
    if (body.type === "borrow") this.#asked(from, body.entry);
    else if (body.type === "lent") this.#look(body);
    else if (body.type === "settle") this.#settle(from, body.entry, body.token);
    else if (body.type === "giveBack") this.#end(body.token);
    else if (body.type === "settled") this.endTransfer(body.id, body.reason);
    else super.heard(from, message);
  }

  #asked(from: ProcessId, entry: Entry): void {
    if (this.book.known.has(entry.id)) this.#say(from, { type: "settled", id: entry.id, reason: "" });
    else this.lock([entry.from, entry.to], { type: "lend", entry, to: from });
  }

  /** The lease is there: looking at the account takes this node's CPU, and the time of the lease. */
  #look(borrowed: Borrowed): void {
    if (!this.spend(borrowed, this.plan.costUs.sample(this.luck))) this.#decline(borrowed, "queueFull");
  }

  protected override worked(subject: unknown): void {
    const borrowed = subject as Borrowed;
    const { entry, token, balance } = borrowed;
    if (!this.plan.overdraft && balance < entry.amount) this.#decline(borrowed, "insufficientFunds");
    else this.#say(leaderOf(this.plan, entry.from), { type: "settle", entry, token });
  }

  #decline({ entry, token }: Borrowed, reason: string): void {
    this.#say(leaderOf(this.plan, entry.from), { type: "giveBack", token });
    this.endTransfer(entry.id, reason);
  }

  /** A decision by a lease: good while the lease is. One that comes twice is recorded once. */
  #settle(from: ProcessId, entry: Entry, token: number): void {
    const claim = this.#lent.get(token);
    if (this.#settling.has(entry.id)) return;
    if (claim !== undefined) {
      this.#lent.delete(token);
      this.#settling.set(entry.id, from);
      this.record(entry, claim);
    } else if (this.book.known.has(entry.id)) this.#say(from, { type: "settled", id: entry.id, reason: "" });
    else if (this.plan.fencingTokens) this.#say(from, { type: "settled", id: entry.id, reason: "leaseExpired" });
    else {
      this.takeOver(entry);
      this.#say(from, { type: "settled", id: entry.id, reason: "" });
    }
  }

  #end(token: number): void {
    const claim = this.#lent.get(token);
    if (claim !== undefined && this.#lent.delete(token)) this.free(claim);
  }

  protected override due(timer: number): void {
    if (timer !== TIMER_LEASES) super.due(timer);
    else for (let token = this.#deadlines.due(); token !== undefined; token = this.#deadlines.due()) this.#end(token);
  }

  protected override forget(): void {
    super.forget();
    this.#deadlines.clear();
    for (const memory of [this.#lent, this.#settling]) memory.clear();
  }
}
