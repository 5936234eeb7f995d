import type { Transaction } from "../../history/transactions.ts";
import type { Anomaly } from "../checker.ts";
import { firstDifference } from "./listVersions.ts";

/** What a transaction knows of one key from its own steps: the whole of it, or only what it added at its end. */
interface Known {
  readonly isRead: boolean;
  readonly whole: boolean;
  readonly value: unknown;
}

/**
 * Transactions whose reads contradict their own steps: what they read or wrote before, or write only afterwards.
 * Source: internal consistency, Cerone, Bernardi & Gotsman 2015, section 3; Elle's future reads.
 */
export function internalAnomalies(transactions: readonly Transaction[]): Anomaly[] {
  return transactions.flatMap((transaction): Anomaly[] => {
    if (transaction.outcome !== "ok" || transaction.steps.length < 2) return [];
    const known = new Map<string | number, Known>();
    for (const [place, { f, key, value }] of transaction.steps.entries()) {
      const before = known.get(key);
      if (f === "r") {
        if (isToCome(transaction, place)) return [readTooEarly(transaction, key)];
        if (before !== undefined && !fits(value, before)) return [contradiction(transaction, key, before.isRead)];
        known.set(key, { isRead: true, whole: true, value });
      } else if (f === "w") {
        known.set(key, { isRead: false, whole: true, value });
      } else {
        known.set(key, {
          isRead: false,
          whole: before?.whole ?? false,
          value: [...((before?.value ?? []) as unknown[]), value],
        });
      }
    }
    return [];
  });
}

/** True when a read shows what the transaction itself writes only after it. */
function isToCome({ steps }: Transaction, place: number): boolean {
  const { key, value } = steps[place]!;
  const shows = (written: unknown) => (Array.isArray(value) ? value.includes(written) : value === written);
  return steps.some((step, later) => later > place && step.f !== "r" && step.key === key && shows(step.value));
}

function fits(found: unknown, { whole, value }: Known): boolean {
  if (!Array.isArray(value) && !Array.isArray(found)) return found === value;
  const list = (found ?? []) as readonly unknown[];
  const own = (value ?? []) as readonly unknown[];
  if (whole ? list.length !== own.length : list.length < own.length) return false;
  return firstDifference(list.slice(list.length - own.length), own) === own.length;
}

/** Reads what itself writes later: the smallest circle of information there is, Adya's G1c. */
function readTooEarly({ id }: Transaction, key: string | number): Anomaly {
  const sentence = `Transaction #${id} read from key ${key} what it wrote there only afterwards.`;
  return { name: "G1c", operation: id, witness: [id], sentence, order: [] };
}

function contradiction({ id }: Transaction, key: string | number, isRead: boolean): Anomaly {
  const name = isRead ? "nonRepeatableRead" : "internal";
  const what = isRead
    ? "something else than it had read there before"
    : "something else than its own steps had left there";
  return { name, operation: id, witness: [id], sentence: `Transaction #${id} read from key ${key} ${what}.`, order: [] };
}
