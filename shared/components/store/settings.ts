import type { ReplicationConfig } from "../../protocols/protocol.ts";
import type { Setting } from "../site.ts";

/** What operators may set on a store beside its dial: reads and changes its replication. */
export interface Adjustable {
  readonly replication: ReplicationConfig;
  configure(change: Partial<ReplicationConfig>): void;
}

const MODES = ["async", "semiSync", "sync"] as const;

/** The settings of a store, by the protocol that its replicas agree by. */
export function storeSettings(store: Adjustable, protocol: string): Setting[] {
  const patience = milliseconds(store, "requestTimeoutMs", "requestTimeout", "How long a replica waits for others for one request.");
  switch (protocol) {
    case "raft":
      return [
        { ...milliseconds(store, "electionTimeoutMs", "electionTimeout", "Silence before an election: short flaps, long leaves nobody in charge."), min: 100, max: 10_000 },
        choice(store, "preVote", "preVote", "Ask whether an election could be won before standing."),
        patience,
      ];
    case "quorum":
      return [
        choice(store, "hintedHandoff", "hintedHandoff", "Keep writes for replicas that don't answer, and hand them over later."),
        choice(store, "readRepair", "readRepair", "Mend the stale replicas that a read comes across."),
        { ...milliseconds(store, "antiEntropyMs", "antiEntropy", "Time between comparisons of replicas; 0: only on order."), min: 0, max: 60_000 },
        patience,
      ];
    case "gossip":
      return [gossipSetting(store, "intervalMs", "interval"), gossipSetting(store, "fanout", "fanout")];
    case "primaryBackup":
      return [modeOf(store), patience];
    case "single":
      return [];
    default:
      return [patience];
  }
}

type Numbers = "requestTimeoutMs" | "electionTimeoutMs" | "antiEntropyMs";
type Switches = "preVote" | "hintedHandoff" | "readRepair";

function milliseconds(store: Adjustable, field: Numbers, name: string, about: string): Setting {
  return {
    name,
    about,
    unit: "ms",
    min: 50,
    max: 10_000,
    get: () => store.replication[field],
    set: (value) => store.configure({ [field]: value }),
  };
}

function choice(store: Adjustable, field: Switches, name: string, about: string): Setting {
  return {
    name,
    about,
    unit: "switch",
    min: 0,
    max: 1,
    get: () => (store.replication[field] ? 1 : 0),
    set: (value) => store.configure({ [field]: value === 1 }),
  };
}

function gossipSetting(store: Adjustable, field: "intervalMs" | "fanout", name: string): Setting {
  const isTime = field === "intervalMs";
  return {
    name,
    about: isTime ? "Time between two rounds of a replica: news are slower, messages fewer." : "Replicas that each calls in a round.",
    unit: isTime ? "ms" : "count",
    min: isTime ? 50 : 1,
    max: isTime ? 10_000 : 8,
    get: () => store.replication.gossip[field],
    set: (value) => store.configure({ gossip: { ...store.replication.gossip, [field]: value } }),
  };
}

function modeOf(store: Adjustable): Setting {
  return {
    name: "mode",
    about: "When a write is acknowledged: at once, when one backup has it, or when all have it.",
    unit: "choice",
    min: 0,
    max: MODES.length - 1,
    choices: MODES,
    get: () => MODES.indexOf(store.replication.mode),
    set: (value) => store.configure({ mode: MODES[value]! }),
  };
}
