import type { Us } from "../../core/time.ts";
import type { TransactionId } from "../../protocols/twoPhaseCommit/messages.ts";
import type { Decided } from "../../protocols/twoPhaseCommit/state.ts";
import { STAGE } from "../../sim/journeys.ts";
import type { Request } from "../../sim/message.ts";
import type { ProcessId } from "../../sim/process.ts";
import { NOTHING } from "../answer.ts";
import type { Entry } from "./book.ts";
import { covers } from "./cover.ts";
import { LedgerLending, type Wish } from "./lending.ts";
import { accountsOf, leaderOf, leadersOf, type LedgerWork } from "./plan.ts";

/** One node of a ledger: a copy of all accounts, and at `strong` the one that decides for some of them. */
export class LedgerNode extends LedgerLending {
  /** Requests by the id of the entry that they wait for. */
  readonly #underWay = new Map<string, Request[]>();
  /** What the transactions are for that this node began. */
  readonly #begun = new Map<TransactionId, { readonly id: string } | { readonly audit: Request }>();
  /** Ids that were declined: they stay so. Simplified: only until the node crashes. */
  readonly #declined = new Set<string>();
  #entries = 0;

  protected costUs(): Us {
    return this.plan.costUs.sample(this.luck);
  }

  protected serve(request: Request): void {
    if (this.plan.consistency === "local") this.#serveByCopy(request);
    else if (request.kind === "audit") this.#audit(request);
    else this.#serveByLeader(request);
  }

  /** This copy decides by what it knows. */
  #serveByCopy(request: Request): void {
    const { balances } = this.book;
    if (request.kind === "transfer") this.#transfer(request);
    else if (request.kind === "audit") this.ok(request, { values: [...balances] });
    else this.ok(request, { value: balances[request.key]! });
  }

  /** The one node decides that leads the account: a read waits for its lock, since what is in doubt may be done already. */
  #serveByLeader(request: Request): void {
    const leader = leaderOf(this.plan, request.key);
    if (leader !== this.self) {
      if (this.isSilent(leader) || request.hops > 0) this.refuse(request, "leaderUnreachable");
      else if (request.kind === "transfer" && this.plan.decides === "asker") this.#transfer(request);
      else this.passOn(request, leader);
    } else if (request.kind === "transfer") this.#transfer(request);
    else this.lock([request.key], { type: "look", request });
  }

  /** All balances at one moment: with all accounts locked, at every node that decides for some. */
  #audit(request: Request): void {
    const leaders = leadersOf(this.plan);
    const isAlone = leaders.length === 1;
    this.reach(request.operation, STAGE.replicating);
    if (isAlone && leaders[0] === this.self) this.lock(accountsOf(this.plan, this.self), { type: "look", request });
    else if (leaders.some((leader) => this.isSilent(leader))) this.refuse(request, "leaderUnreachable");
    else if (isAlone) this.passOn(request, leaders[0]!);
    else {
      const works = new Map(leaders.map((leader) => [leader, { entries: [], audit: true }]));
      this.#begun.set(this.transact(works), { audit: request });
    }
  }

  /** A payment is made once under its id, however often it is asked for. */
  #transfer(request: Request): void {
    const id = this.#idOf(request);
    const waiting = this.#underWay.get(id);
    if (this.book.known.has(id)) this.ok(request);
    else if (this.#declined.has(id)) this.#decline(request);
    else if (waiting !== undefined) waiting.push(request);
    else {
      this.#underWay.set(id, [request]);
      this.reach(request.operation, STAGE.replicating);
      this.#pay({ id, from: request.key, to: request.other!, amount: request.argument! });
    }
  }

  /** Lock, look, deduct and record, unlock: here, or over two nodes where another one decides for the payee. */
  #pay(entry: Entry): void {
    const payee = leaderOf(this.plan, entry.to);
    const isOthers = this.plan.consistency === "strong" && leaderOf(this.plan, entry.from) !== this.self;
    if (isOthers) this.borrow(entry);
    else if (this.plan.consistency === "local" || payee === this.self) {
      this.lock([entry.from, entry.to], { type: "transfer", entry });
    } else if (this.isSilent(payee)) this.endTransfer(entry.id, "leaderUnreachable");
    else {
      const work: LedgerWork = { entries: [entry], audit: false };
      const nodes: ProcessId[] = [this.self, payee];
      this.#begun.set(this.transact(new Map(nodes.map((node) => [node, work]))), { id: entry.id });
    }
  }

  #idOf({ operation }: Request): string {
    const isKnown = this.plan.idempotent && operation !== -1;
    return isKnown ? String(operation) : `${operation}#${this.self}.${this.machine.incarnation}.${this.#entries++}`;
  }

  /** All accounts are locked: a fresh look at them decides. */
  protected override granted(claim: number, wish: Wish): void {
    if (wish.type === "lend") {
      this.lend(claim, wish);
      return;
    }
    if (wish.type === "transfer") {
      if (covers(this.plan, this.book, this.self, [wish.entry])) this.record(wish.entry, claim);
      else {
        this.free(claim);
        this.endTransfer(wish.entry.id, "insufficientFunds");
      }
      return;
    }
    const { request } = wish;
    const { balances } = this.book;
    this.ok(request, request.kind === "audit" ? { values: [...balances] } : { value: balances[request.key]! });
    this.free(claim);
  }

  protected override timedOut(wish: Wish): void {
    if (wish.type === "transfer") this.endTransfer(wish.entry.id, "lockTimeout");
    else if (wish.type === "lend") this.refuseLease(wish);
    else this.refuse(wish.request, "lockTimeout");
  }

  protected override recorded(claim: number, entry: Entry): void {
    this.free(claim);
    this.settled(entry);
    this.endTransfer(entry.id, "");
  }

  protected override decided(transaction: TransactionId, verdict: Decided): void {
    const begun = this.#begun.get(transaction);
    this.#begun.delete(transaction);
    if (begun === undefined) return;
    if ("id" in begun) this.endTransfer(begun.id, verdict.commit ? "" : verdict.reason);
    else if (verdict.commit) this.ok(begun.audit, { values: this.#balancesIn(verdict) });
    else this.refuse(begun.audit, verdict.reason);
  }

  /** What the nodes found in an audit, by account. */
  #balancesIn({ ballots }: Decided): number[] {
    const values = new Array<number>(this.plan.accounts).fill(0);
    for (const [node, { found }] of ballots) {
      accountsOf(this.plan, node).forEach((account, place) => (values[account] = found![place]!));
    }
    return values;
  }

  /** Answers everybody who asked for an entry; `reason` is empty when it is in the book. */
  protected override endTransfer(id: string, reason: string): void {
    const requests = this.#underWay.get(id) ?? [];
    this.#underWay.delete(id);
    if (reason === "insufficientFunds") this.#declined.add(id);
    for (const request of requests) {
      if (reason === "") this.ok(request);
      else if (reason === "insufficientFunds") this.#decline(request);
      else if (reason === "timeout") this.unclear(request, reason);
      else this.refuse(request, reason);
    }
  }

  #decline(request: Request): void {
    this.reply(request, { ...NOTHING, outcome: "fail", reason: "insufficientFunds", node: this.machine.index });
  }

  protected override forget(): void {
    super.forget();
    for (const memory of [this.#underWay, this.#begun, this.#declined]) memory.clear();
  }
}
