import type { Request } from "../../sim/message.ts";
import type { Ledgered } from "../durable.ts";

/** Where an order is: whoever holds it does its next step. Handed on, it goes as a message. */
export interface Token {
  readonly request: Request;
  /** The node that took the order, by its place, and that answers for it. */
  readonly owner: number;
  /** All steps by this one node, or each by the next. */
  readonly handsOn: boolean;
  /** The step to do, or on the way back to undo; −1 and the number of steps are the two ends. */
  readonly step: number;
  readonly back: boolean;
  /** Why it goes back, as a word of the catalogue of causes. */
  readonly reason: string;
}

/** A token at one point of its way, so that the same one coming twice is taken once. */
export function tagOf({ request, step, back }: Token): string {
  return `${request.operation}/${step}/${back ? "back" : "forth"}`;
}

/** What a node knows of its orders. */
export interface Orders {
  /** Orders that this node took and has not answered. */
  readonly open: Map<number, Request>;
  /** Tokens that it holds. */
  readonly tokens: Map<number, Token>;
  /** Of the open orders, those that are carried out as one transaction, whatever the mode is by now. */
  readonly whole: Set<number>;
  /** Tags of the tokens that came from elsewhere. */
  readonly taken: Set<string>;
  /** How orders ended; a reason, or "" for those that were done. */
  readonly ended: Map<number, string>;
}

/** Something that happens to an order, on the disk before anything follows from it. */
export type OrderChange =
  | { readonly type: "begin"; readonly request: Request; readonly token: Token | null }
  | { readonly type: "hold"; readonly token: Token }
  | { readonly type: "handedOn"; readonly operation: number; readonly tag: string }
  | { readonly type: "end"; readonly operation: number; readonly reason: string };

/** How the journal of a node's orders is kept. */
export const ORDER_RULES: Ledgered<Orders, OrderChange> = {
  empty: () => ({ open: new Map(), tokens: new Map(), whole: new Set(), taken: new Set(), ended: new Map() }),
  copy: ({ open, tokens, whole, taken, ended }) => ({
    open: new Map(open),
    tokens: new Map(tokens),
    whole: new Set(whole),
    taken: new Set(taken),
    ended: new Map(ended),
  }),
  apply({ open, tokens, whole, taken, ended }, change) {
    switch (change.type) {
      case "begin":
        open.set(change.request.operation, change.request);
        if (change.token === null) whole.add(change.request.operation);
        else tokens.set(change.request.operation, change.token);
        break;
      case "hold":
        tokens.set(change.token.request.operation, change.token);
        taken.add(tagOf(change.token));
        break;
      case "handedOn": {
        // Meanwhile the order may have come back to this node, further on its way.
        const held = tokens.get(change.operation);
        if (held !== undefined && tagOf(held) === change.tag) tokens.delete(change.operation);
        break;
      }
      case "end":
        open.delete(change.operation);
        tokens.delete(change.operation);
        whole.delete(change.operation);
        ended.set(change.operation, change.reason);
    }
  },
};
