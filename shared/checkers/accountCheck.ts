import type { OperationKind } from "../core/operations.ts";
import type { Operation } from "../history/operation.ts";
import { AccountBounds, type Sighting } from "./accountBounds.ts";
import type { Anomaly, AnomalyName, Check } from "./checker.ts";
import { witnessOf } from "./writtenValue.ts";

/** What clients ask of accounts. */
export const ACCOUNT_KINDS: readonly OperationKind[] = ["transfer", "read", "audit"];
/** What they ask of whoever carries out orders over accounts. */
export const ORDER_KINDS: readonly OperationKind[] = ["order", "read", "audit"];

/** What a guarantee about money promises. */
export interface AccountRule {
  readonly opening: number;
  /** The operation that moves money: a transfer, or an order that does it in several steps. */
  readonly moves: "transfer" | "order";
  /** What a balance that no order of the moves explains is called. */
  readonly unexplained: AnomalyName;
}

/**
 * Judges moves of money and the balances that were read. No order of the moves is searched for: an account can't have
 * paid more than it ever held, and a balance lies between what surely and what possibly moved. So nobody is blamed whom
 * some order would explain; an anomaly that hides between the bounds is not found.
 */
export function accountCheck(rule: AccountRule): Check {
  const accounts = new Map<number, AccountBounds>();
  const found: Anomaly[] = [];
  const of = (key: number): AccountBounds => {
    let account = accounts.get(key);
    if (account === undefined) accounts.set(key, (account = new AccountBounds(rule.opening)));
    return account;
  };
  const judge = (operation: Operation): Anomaly | undefined => {
    if (operation.outcome === "unknown") return undefined;
    if (operation.kind === rule.moves) {
      if (operation.key === operation.other) return undefined;
      return operation.outcome === "ok" ? acknowledged(of, operation) : declined(of, operation, rule);
    }
    return operation.outcome === "ok" ? balancesSeen(of, operation, rule) : undefined;
  };
  return {
    invoked(operation) {
      if (operation.kind !== rule.moves || operation.key === operation.other) return;
      of(operation.key).outOf.ask(operation);
      of(operation.other!).into.ask(operation);
    },
    completed(operation) {
      const anomaly = judge(operation);
      if (anomaly !== undefined) found.push(anomaly);
      return anomaly;
    },
    finish: () => (found.length > 0 ? { outcome: "invalid", anomalies: [...found] } : { outcome: "valid" }),
  };
}

type Accounts = (key: number) => AccountBounds;

/** A client was told that money moved: never more may have gone than could have been there. */
function acknowledged(of: Accounts, operation: Operation): Anomaly | undefined {
  const amount = operation.argument!;
  const payer = of(operation.key);
  const spent = payer.outOf.sure.sum + amount;
  if (spent > payer.spendable) {
    return {
      name: "doubleSpend",
      operation: operation.id,
      witness: witnessOf(...payer.outOf.proof(payer.opening - amount, Infinity), operation.id),
      sentence: `Client ${operation.session} was told that ${amount} went from account ${operation.key}, which makes ${spent} in all where never more than ${payer.spendable} had been.`,
      order: [],
    };
  }
  payer.outOf.acknowledge(operation, amount);
  of(operation.other!).into.acknowledge(operation, amount);
  return undefined;
}

/** A client was told that nothing moved: then nobody may have seen or spent that money. */
function declined(of: Accounts, operation: Operation, { unexplained }: AccountRule): Anomaly | undefined {
  const amount = operation.argument!;
  const payer = of(operation.key);
  const payee = of(operation.other!);
  const told = `Client ${operation.session} was told that its ${operation.kind} of ${amount} from account ${operation.key} to ${operation.other} came to nothing`;
  const blame = (name: AnomalyName, proof: readonly number[], how: string): Anomaly => {
    return {
      name,
      operation: operation.id,
      witness: witnessOf(...proof, operation.id),
      sentence: `${told}, but ${how}.`,
      order: [],
    };
  };
  const before = [...payer.seenSince(operation.invokedAtUs)].find(({ slackBelow }) => slackBelow < amount);
  if (before !== undefined)
    return blame(
      unexplained,
      proofOfSight(of, operation.key, before),
      `client ${before.read.session} had seen it gone`,
    );
  const after = [...payee.seenSince(operation.invokedAtUs)].find(({ slackAbove }) => slackAbove < amount);
  if (after !== undefined)
    return blame(
      unexplained,
      proofOfSight(of, operation.other!, after),
      `client ${after.read.session} had seen it arrive`,
    );
  if (payee.outOf.sure.sum > payee.spendable - amount) {
    const proof = [...payee.outOf.proof(Infinity, Infinity), ...payee.into.askedBy(operation.completedAtUs)];
    return blame("doubleSpend", proof, "it had been spent");
  }
  payer.outOf.decline(operation);
  payee.into.decline(operation);
  for (const sighting of payer.seenSince(operation.invokedAtUs)) sighting.slackBelow -= amount;
  for (const sighting of payee.seenSince(operation.invokedAtUs)) sighting.slackAbove -= amount;
  return undefined;
}

/** A client read a balance, or all of them: accepted when every one can have been there. */
function balancesSeen(of: Accounts, operation: Operation, rule: AccountRule): Anomaly | undefined {
  const { results, result, key } = operation;
  const seen =
    results === null ? [[key, result ?? 0] as const] : results.map((balance, account) => [account, balance] as const);
  if (results !== null) {
    const wrong = wrongTotal(operation, results, rule.opening);
    if (wrong !== undefined) return wrong;
  }
  const sightings: (readonly [AccountBounds, Sighting])[] = [];
  for (const [number, balance] of seen) {
    const account = of(number);
    const slackAbove = account.most(operation) - balance;
    const slackBelow = balance - account.least(operation);
    const sighting: Sighting = { read: operation, balance, slackAbove, slackBelow };
    if (balance < 0) return overdrawn(operation, number, balance);
    if (slackAbove < 0 || slackBelow < 0) return outOfBounds(account, sighting, number, rule);
    sightings.push([account, sighting]);
  }
  for (const [account, sighting] of sightings) account.sightings.push(sighting);
  return undefined;
}

function outOfBounds(account: AccountBounds, sighting: Sighting, number: number, rule: AccountRule): Anomaly {
  const { read, balance, slackAbove } = sighting;
  const isTooMuch = slackAbove < 0;
  const why = isTooMuch ? `no more than ${balance + slackAbove}` : `no less than ${balance - sighting.slackBelow}`;
  return {
    name: rule.unexplained,
    operation: read.id,
    witness: witnessOf(...(isTooMuch ? proofOfTooMuch(account, sighting) : proofOfTooLittle(account, sighting))),
    sentence: `Client ${read.session} found ${balance} on account ${number}, where ${why} can have been.`,
    order: [],
  };
}

/** Everything by which a balance was right as long as the move that was declined counted; an audit saw all accounts. */
function proofOfSight(of: Accounts, account: number, { read }: Sighting): number[] {
  const seen = read.results === null ? [account] : read.results.map((_, number) => number);
  const moves = seen.flatMap((number) => {
    const { into, outOf } = of(number);
    return [...into.askedBy(read.completedAtUs), ...outOf.askedBy(read.completedAtUs)];
  });
  return [...moves, read.id];
}

/** What went out before a read that found more than was left, with the read. */
function proofOfTooMuch({ opening, outOf }: AccountBounds, { read, balance }: Sighting): number[] {
  return [...(balance > opening ? [] : outOf.proof(opening - balance, read.invokedAtUs)), read.id];
}

/** What came in before a read that found less than was there, with the read. */
function proofOfTooLittle({ opening, into }: AccountBounds, { read, balance }: Sighting): number[] {
  return [...(balance < opening ? [] : into.proof(balance - opening, read.invokedAtUs)), read.id];
}

function overdrawn({ id, session }: Operation, account: number, balance: number): Anomaly {
  const sentence = `Client ${session} found account ${account} overdrawn, at ${balance}.`;
  return { name: "negativeBalance", operation: id, witness: [id], sentence, order: [] };
}

/** All balances together are what they were at first, whatever moved. */
export function wrongTotal(
  { id, session }: Operation,
  balances: readonly number[],
  opening: number,
): Anomaly | undefined {
  const sum = balances.reduce((all, balance) => all + balance, 0);
  if (sum === balances.length * opening) return undefined;
  const sentence = `Client ${session} found ${sum} on all accounts together, where there had been ${balances.length * opening}.`;
  return { name: "wrongTotal", operation: id, witness: [id], sentence, order: [] };
}
