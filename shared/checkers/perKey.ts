import { mutates } from "../core/operations.ts";
import type { Operation } from "../history/operation.ts";
import type { Anomaly, Blame, Check, Verdict } from "./checker.ts";
import type { OrderEdge } from "./orderReasons.ts";
import { feed } from "./judge.ts";
import { Scans } from "./scans.ts";
import { smallestProof, type BlameAmong } from "./smallestProof.ts";

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
  /** All that was asked, by id, as it was told last, for the few that an anomaly names; and which are answered. */
  const known: Operation[] = [];
  const answered: boolean[] = [];
  const of = (key: number): KeyCheck => {
    let check = keys.get(key);
    if (check === undefined) keys.set(key, (check = beginKey(key)));
    return check;
  };
  const explained = (blame: Blame, key: number): Anomaly => {
    if (blame.order !== undefined) return { ...blame, order: blame.order };
    const says = (id: number): Operation => {
      const operation = answered[id] ? known[id]! : open(known[id]!);
      return scans.readsOf(operation).find((it) => it.key === key) ?? operation;
    };
    const among: BlameAmong = (operations) => blameAmong(beginKey(key), operations, blame.operation);
    const smallest = smallestProof(blame, blame.witness.map(says), among);
    return { ...smallest, order: orderOf(smallest.witness.map(says), says(blame.operation)) };
  };
  const complete = (operation: Operation): Anomaly | undefined => {
    const blame = of(operation.key).completed(operation);
    if (blame === undefined) return undefined;
    const anomaly = explained(blame, operation.key);
    if (mutates(operation.kind)) known[operation.id] = withoutItsAnswer(operation);
    return anomaly;
  };
  return {
    invoked(operation) {
      known[operation.id] = operation;
      answered[operation.id] = false;
      scans.note(operation);
      if (operation.kind !== "scan") of(operation.key).invoked(operation);
    },
    completed(operation) {
      known[operation.id] = operation;
      answered[operation.id] = true;
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

/** Why a check that sees only a few operations blames one of them, if it does. */
function blameAmong(check: KeyCheck, operations: readonly Operation[], blamed: number): Blame | undefined {
  let found: Blame | undefined;
  const note = (blame: Blame | undefined) => {
    if (blame?.operation === blamed) found ??= blame;
  };
  feed(
    { invoked: (operation) => check.invoked(operation), completed: (operation) => note(check.completed(operation)) },
    operations,
  );
  check.atTheEnd().forEach(note);
  return found;
}

/** An operation as it was before its answer came. */
export function open(operation: Operation): Operation {
  return { ...operation, result: null, results: null, completedAtUs: Infinity, outcome: "unknown" };
}

/** A change whose answer was blamed: it may have happened all the same, and a cas that claimed to, whatever it found. */
function withoutItsAnswer(operation: Operation): Operation {
  const claims = operation.kind === "cas" && operation.outcome === "ok";
  return claims ? { ...open(operation), kind: "write", expected: null } : open(operation);
}

/** A wrong answer stays wrong whatever else can't be judged; without one, a doubt about any key leaves the whole unknown. */
function verdictOf(keys: readonly KeyCheck[], anomalies: readonly Anomaly[]): Verdict {
  if (anomalies.length > 0) return { outcome: "invalid", anomalies };
  const doubt = keys.find((key) => key.doubt !== undefined)?.doubt;
  return doubt === undefined ? { outcome: "valid" } : { outcome: "unknown", reason: doubt };
}
