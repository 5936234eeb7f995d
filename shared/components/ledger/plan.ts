import type { Distribution } from "../../core/distribution.ts";
import type { Ms } from "../../core/time.ts";
import type { CommitConfig } from "../../protocols/twoPhaseCommit/state.ts";
import type { CommitMessage } from "../../protocols/twoPhaseCommit/messages.ts";
import type { ProcessId } from "../../sim/process.ts";
import type { Batch, Entry, Have } from "./book.ts";
import type { Consistency } from "./config.ts";

/** What all nodes of a ledger have in common; operators may change some of it. */
export interface LedgerPlan {
  readonly name: string;
  readonly accounts: number;
  readonly opening: number;
  readonly shards: number;
  /** Addresses of its nodes, in the order of the level. */
  readonly members: ProcessId[];
  readonly commit: CommitConfig;
  readonly silenceMs: Ms;
  readonly costUs: Distribution;
  consistency: Consistency;
  /** strong: who looks and decides while an account is locked. */
  readonly decides: "leader" | "asker";
  readonly leaseMs: Ms;
  fencingTokens: boolean;
  overdraft: boolean;
  idempotent: boolean;
  lockTimeoutMs: Ms;
  spreadEveryMs: Ms;
}

/** The part of a transaction that one node has to do. */
export interface LedgerWork {
  /** Applied in this order; a node looks after those of its accounts that they touch. */
  readonly entries: readonly Entry[];
  /** Asks for the balances of all accounts of the node. */
  readonly audit: boolean;
}

/** What copies tell one another: how far they are, and what another one lacks. */
export type CopyMessage =
  | { readonly type: "have"; readonly have: Have }
  | { readonly type: "entries"; readonly batches: readonly Batch[] };

/** What the nodes of a ledger tell one another, and what they hear from whoever coordinates a transaction. */
export type LedgerMessage =
  | CommitMessage<LedgerWork>
  | CopyMessage
  /** A node asks the leader for a lease on the accounts of an entry, gets it with what the payer has, and decides. */
  | { readonly type: "borrow"; readonly entry: Entry }
  | { readonly type: "lent"; readonly entry: Entry; readonly token: number; readonly balance: number }
  | { readonly type: "settle"; readonly entry: Entry; readonly token: number }
  | { readonly type: "giveBack"; readonly token: number }
  | { readonly type: "settled"; readonly id: string; readonly reason: string };

/** The node that decides for an account at `strong`. */
export function leaderOf({ members, shards }: Pick<LedgerPlan, "members" | "shards">, account: number): ProcessId {
  return members[(account % shards) % members.length]!;
}

/** The nodes that decide at `strong`, each once. */
export function leadersOf({ members, shards }: Pick<LedgerPlan, "members" | "shards">): ProcessId[] {
  return members.slice(0, Math.min(shards, members.length));
}

/** Accounts that a node decides for. */
export function accountsOf(plan: LedgerPlan, node: ProcessId): number[] {
  return Array.from({ length: plan.accounts }, (_, account) => account).filter((it) => leaderOf(plan, it) === node);
}
