import type { Operation } from "../history/operation.ts";
import type { Anomaly, Blame, Check, Verdict } from "./checker.ts";
import type { OrderEdge } from "./orderReasons.ts";
import { Scans } from "./scans.ts";

/** A check over the operations of one key. */
export interface KeyCheck {
  invoked(operation: Operation): void;
  completed(operation: Operation): Blame | undefined;
  /** Anomalies that only the end of the history shows; asks, changes nothing. */
  atTheEnd(): readonly Blame[];
  /** Why this key can't be judged, in one sentence; undefined while it can. */
  readonly doubt: string | undefined;
}

/** The order that could not be built of a witness, whose operations are all about one key; asked once for each anomaly. */
export type OrderOfKey = (witness: readonly Operation[], blamed: Operation) => readonly OrderEdge[];

/**
 * A guarantee over registers is a promise about each key alone, so a history is judged key by key: that keeps every
 * check small; a scan counts as a read of each of its keys. For linearizability this loses nothing: it is a local property (Herlihy & Wing 1990, section 3.2).
 */
export function perKey(beginKey: (key: number) => KeyCheck, orderOf: OrderOfKey = () => []): Check {
  const keys = new Map<number, KeyCheck>();
  const found: Anomaly[] = [];
  const scans = new Scans();
  /** All that was fed, by id, for the few that an anomaly names. */
  const known: Operation[] = [];
  const of = (key: number): KeyCheck => {
    let check = keys.get(key);
    if (check === undefined) keys.set(key, (check = beginKey(key)));
    return check;
  };
  const explained = (blame: Blame, key: number): Anomaly => {
    if (blame.order !== undefined) return { ...blame, order: blame.order };
    const asked = (id: number): Operation => scans.readsOf(known[id]!).find((it) => it.key === key) ?? known[id]!;
    return { ...blame, order: orderOf(blame.witness.map(asked), asked(blame.operation)) };
  };
  const complete = (operation: Operation): Anomaly | undefined => {
    const blame = of(operation.key).completed(operation);
    return blame && explained(blame, operation.key);
  };
  return {
    invoked(operation) {
      known[operation.id] = operation;
      scans.note(operation);
      if (operation.kind !== "scan") of(operation.key).invoked(operation);
    },
    completed(operation) {
      known[operation.id] = operation;
      let anomaly: Anomaly | undefined;
      if (operation.kind !== "scan") anomaly = complete(operation);
      else for (const part of scans.readsOf(operation)) anomaly = complete(part) ?? anomaly;
      if (anomaly !== undefined) found.push(anomaly);
      return anomaly;
    },
    finish() {
      const late = [...keys].flatMap(([key, check]) => check.atTheEnd().map((blame) => explained(blame, key)));
      return verdictOf([...keys.values()], [...found, ...late]);
    },
  };
}

/** A wrong answer stays wrong whatever else can't be judged; without one, a doubt about any key leaves the whole unknown. */
function verdictOf(keys: readonly KeyCheck[], anomalies: readonly Anomaly[]): Verdict {
  if (anomalies.length > 0) return { outcome: "invalid", anomalies };
  const doubt = keys.find((key) => key.doubt !== undefined)?.doubt;
  return doubt === undefined ? { outcome: "valid" } : { outcome: "unknown", reason: doubt };
}
