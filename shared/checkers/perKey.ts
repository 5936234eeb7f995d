import type { Operation } from "../history/operation.ts";
import type { Anomaly, Check, Verdict } from "./checker.ts";
import { Scans } from "./scans.ts";

/** A check over the operations of one key. */
export interface KeyCheck {
  invoked(operation: Operation): void;
  completed(operation: Operation): Anomaly | undefined;
  /** Anomalies that only the end of the history shows; asks, changes nothing. */
  atTheEnd(): readonly Anomaly[];
  /** Why this key can't be judged, in one sentence; undefined while it can. */
  readonly doubt: string | undefined;
}

/**
 * A guarantee over registers is a promise about each key alone, so a history is judged key by key: that keeps every
 * check small; a scan counts as a read of each of its keys. For linearizability this loses nothing: it is a local property (Herlihy & Wing 1990, section 3.2).
 */
export function perKey(beginKey: (key: number) => KeyCheck): Check {
  const keys = new Map<number, KeyCheck>();
  const found: Anomaly[] = [];
  const scans = new Scans();
  const of = (key: number): KeyCheck => {
    let check = keys.get(key);
    if (check === undefined) keys.set(key, (check = beginKey(key)));
    return check;
  };
  return {
    invoked(operation) {
      scans.note(operation);
      if (operation.kind !== "scan") of(operation.key).invoked(operation);
    },
    completed(operation) {
      let anomaly: Anomaly | undefined;
      if (operation.kind !== "scan") anomaly = of(operation.key).completed(operation);
      else for (const part of scans.readsOf(operation)) anomaly = of(part.key).completed(part) ?? anomaly;
      if (anomaly !== undefined) found.push(anomaly);
      return anomaly;
    },
    finish() {
      return verdictOf([...keys.values()], found);
    },
  };
}

/** A wrong answer stays wrong whatever else can't be judged; without one, a doubt about any key leaves the whole unknown. */
function verdictOf(keys: readonly KeyCheck[], found: readonly Anomaly[]): Verdict {
  const anomalies = [...found, ...keys.flatMap((key) => key.atTheEnd())];
  if (anomalies.length > 0) return { outcome: "invalid", anomalies };
  const doubt = keys.find((key) => key.doubt !== undefined)?.doubt;
  return doubt === undefined ? { outcome: "valid" } : { outcome: "unknown", reason: doubt };
}
