import type { JepsenPair } from "../../history/eventPairing.ts";
import type { Anomaly, CheckerOptions, Verdict } from "../checker.ts";
import type { Workload } from "./workload.ts";

/** What a history is judged by. */
export interface Promised {
  readonly workload: Workload;
  /** One of the workload's. */
  readonly guarantee: string;
  readonly options: CheckerOptions;
}

/**
 * Judges a history. One of an independent test, which names a key with every operation, is as many histories as it has
 * keys, unless the model knows keys itself: all of them must keep the guarantee.
 * Source: Jepsen's `independent/checker`; locality: Herlihy & Wing 1990, section 3.1.
 */
export function judgePairs(pairs: readonly JepsenPair[], promised: Promised): Verdict {
  const { workload, guarantee, options } = promised;
  const keys = [...new Set(pairs.map(({ key }) => key))];
  if (workload.keyed === true || keys.length < 2) return workload.judge(pairs, guarantee, options);
  const verdicts = keys.map((key) => judgeKey(pairs, key, promised));
  const anomalies = verdicts.flatMap((verdict) => (verdict.outcome === "invalid" ? verdict.anomalies : []));
  if (anomalies.length > 0) return { outcome: "invalid", anomalies };
  return verdicts.find(({ outcome }) => outcome === "unknown") ?? { outcome: "valid" };
}

/** The verdict on one key, whose anomalies name operations by their places in the whole history. */
function judgeKey(pairs: readonly JepsenPair[], key: unknown, { workload, guarantee, options }: Promised): Verdict {
  const places = [...pairs.keys()].filter((place) => pairs[place]!.key === key);
  const own = places.map((place) => pairs[place]!);
  const verdict = workload.judge(own, guarantee, options);
  if (verdict.outcome !== "invalid") return verdict;
  const placed = (anomaly: Anomaly): Anomaly => {
    const witness = anomaly.witness.map((id) => places[id]!);
    return { ...anomaly, operation: places[anomaly.operation]!, witness };
  };
  return { outcome: "invalid", anomalies: verdict.anomalies.map(placed) };
}
