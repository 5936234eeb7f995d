/** Address of a site: whoever takes part in transactions, as coordinator, participant or both. */
export type SiteId = number;

/** Name of a transaction: its coordinator, the life of that coordinator, and a count. Never given twice. */
export type TransactionId = string;

/** What a participant says when it is asked to prepare. */
export interface Ballot {
  readonly yes: boolean;
  /** Why not, as a word of the catalogue of causes; empty for a yes. */
  readonly reason: string;
  /** What a transaction that reads has found at this site; null for one that only writes. */
  readonly found: readonly number[] | null;
}

/**
 * What sites tell one another. Any of it may be lost, come twice or overtake: prepare, decision and inquire are sent
 * again until they are answered, and every answer may be given twice.
 * Source: Bernstein, Hadzilacos & Goodman 1987, section 7.4.
 */
export type CommitMessage<Work> =
  /** VOTE-REQ: can you commit this? It names all participants, so that they can help one another (section 7.4). */
  | {
      readonly type: "prepare";
      readonly transaction: TransactionId;
      readonly participants: readonly SiteId[];
      readonly work: Work;
    }
  | { readonly type: "vote"; readonly transaction: TransactionId; readonly ballot: Ballot }
  | { readonly type: "decision"; readonly transaction: TransactionId; readonly commit: boolean }
  | { readonly type: "acknowledge"; readonly transaction: TransactionId }
  /** DECISION-REQ: asked by who is in doubt, of the coordinator and of the other participants. */
  | { readonly type: "inquire"; readonly transaction: TransactionId };

/** One sort of message, whatever the work is. */
export type MessageOf<Type extends CommitMessage<unknown>["type"]> = Extract<CommitMessage<unknown>, { type: Type }>;

/** Who coordinates stands first in a transaction's name. */
export function coordinatorOf(transaction: TransactionId): SiteId {
  return Number(transaction.slice(0, transaction.indexOf(".")));
}
