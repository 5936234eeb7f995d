import type { Distribution } from "../../core/distribution.ts";
import type { Ms } from "../../core/time.ts";
import { branchKey } from "../../sim/idempotencyKey.ts";
import type { Request } from "../../sim/message.ts";
import type { ProcessId } from "../../sim/process.ts";
import type { Question } from "../endpoint.ts";
import type { Entry } from "../ledger/book.ts";
import { deciderOf, type BuiltLedger } from "../ledger/ledger.ts";
import type { LedgerWork } from "../ledger/plan.ts";
import type { Built } from "../site.ts";
import type { Party, SagaMode, Step } from "./config.ts";
import type { Token } from "./journal.ts";

/** What all nodes of a saga have in common; operators may change some of it. */
export interface SagaPlan {
  readonly name: string;
  /** Addresses of its nodes, in the order of the level. */
  readonly members: ProcessId[];
  readonly steps: readonly Step[];
  /** The component of each step. */
  readonly callees: readonly Built[];
  readonly reads: Built;
  readonly costUs: Distribution;
  mode: SagaMode;
  semanticLocks: boolean;
  timeoutMs: Ms;
  attempts: number;
  backoffMs: Ms;
}

/** Every step of an order has a key of its own, and so has what undoes it: asked again, it takes effect once. */
function stepKey(operation: number, step: number, back: boolean): number {
  return branchKey(operation, 1 + 2 * step + (back ? 1 : 0));
}

function partyOf({ key, other }: Request, party: Party): number {
  return party === "key" ? key : party === "other" ? other! : party;
}

/** What a step asks for an order, or on the way back its opposite: the money returned, the amount taken back. */
export function questionOf({ steps, callees }: SagaPlan, request: Request, step: number, back: boolean): Question {
  const { op, from, to } = steps[step]!;
  const { argument } = request;
  const [key, other] = [partyOf(request, from), partyOf(request, to)];
  const base = { target: callees[step]!.index, kind: op, operation: stepKey(request.operation, step, back) };
  if (op === "transfer")
    return back ? { ...base, key: other, other: key, argument } : { ...base, key, other, argument };
  const amount = op === "write" ? request.operation + 1 : argument!;
  return { ...base, key, other: op === "order" ? other : null, argument: back ? -amount : amount };
}

/** The same order as one transaction: what every node that decides for one of its accounts has to do. */
export function worksOf({ steps, callees }: SagaPlan, request: Request): Map<ProcessId, LedgerWork> {
  const byLedger = new Map<Built, Entry[]>();
  steps.forEach(({ from, to }, step) => {
    const id = String(stepKey(request.operation, step, false));
    const entry: Entry = { id, from: partyOf(request, from), to: partyOf(request, to), amount: request.argument! };
    const entries = byLedger.get(callees[step]!);
    if (entries === undefined) byLedger.set(callees[step]!, [entry]);
    else entries.push(entry);
  });
  const works = new Map<ProcessId, LedgerWork>();
  for (const [callee, entries] of byLedger) {
    for (const account of entries.flatMap(({ from, to }) => [from, to])) {
      works.set(deciderOf(callee as BuiltLedger, account), { entries, audit: false });
    }
  }
  return works;
}

/** The place of the node that does the next step of an order; both its ends belong to the one that took it. */
export function holderOf({ steps, members }: SagaPlan, { owner, handsOn, step }: Token): number {
  return handsOn && step >= 0 && step < steps.length ? (owner + step) % members.length : owner;
}
