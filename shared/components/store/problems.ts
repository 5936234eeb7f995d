import { protocols } from "../../protocols/registry.ts";
import { conversionsFrom } from "../../protocols/crdt/conversion.ts";
import { dataTypeOf, leaseProblems, type StoreConfig } from "./config.ts";
import { failoverProblems } from "./supervision.ts";

/** What the schema can't see in the lines of a store. */
export function storeProblems(config: StoreConfig): string[] {
  return [
    ...dialProblems(config),
    ...shardProblems(config),
    ...conversionProblems(config),
    ...scanProblems(config),
    ...failoverProblems(config),
    ...leaseProblems(config),
    ...(config.primary === undefined || config.on.includes(config.primary)
      ? []
      : [`primary: there is no node "${config.primary}", only ${config.on.join(", ")}`]),
  ];
}

/** A data type that its keys can't go over to. */
function conversionProblems({ becomes, ...config }: StoreConfig): string[] {
  if (becomes === undefined) return [];
  const open = config.protocol === "gossip" ? conversionsFrom(dataTypeOf(config)) : [];
  if (open.includes(becomes)) return [];
  const others = open.length > 0 ? `only ${open.join(", ")}` : "nor anything else";
  return [`becomes: what its keys hold can't become ${becomes}, ${others}`];
}

/** Stops that its protocol can't honour, a start that its dial doesn't have, and spares that can't stand by. */
function dialProblems({ protocol, dial, starts, spares, on, data, shards, resharding }: StoreConfig): string[] {
  const honoured = protocols[protocol].stops as readonly string[];
  const beyond = dial.filter((stop) => !honoured.includes(stop));
  const twice = spares.filter((node, at) => on.includes(node) || spares.indexOf(node) !== at);
  const isParted = (shards > 1 || resharding !== undefined) && dial.includes("causal");
  const astray = starts !== undefined && !dial.includes(starts);
  return [
    ...beyond.map((stop) => `dial: ${protocol} can't honour ${stop}, only ${honoured.join(", ")}`),
    ...(isParted ? ["dial: causal is about all keys together; with shards a client knows only how far it has seen each of them"] : []),
    ...(spares.length > 0 && protocol !== "raft" ? [`spares: only raft can take them in, not ${protocol}`] : []),
    ...twice.map((node) => `spares: "${node}" holds a replica already`),
    ...(data !== "register" && protocol !== "gossip" ? [`data: ${protocol} keeps registers; only gossip keeps ${data}`] : []),
    ...(astray ? [`starts: there is no stop on the dial "${starts}", only ${dial.join(", ")}`] : []),
  ];
}

/** Keys that have no whole customers, and shards that can't change hands. */
function shardProblems({ keys, buckets, shards, resharding, protocol, partitioning }: StoreConfig): string[] {
  const fixed = resharding !== undefined && protocols[protocol].registers === undefined;
  return [
    ...(keys % buckets === 0 ? [] : [`buckets: ${keys} keys are no whole number of customers with ${buckets} buckets each`]),
    ...(partitioning.by === "composite" && buckets === 1 ? ["partitioning: composite needs keys with buckets, more than 1 a customer"] : []),
    ...(fixed ? [`resharding: ${protocol} has no log in which keys could change hands`] : []),
    ...(resharding !== undefined && resharding.shardsMax < shards ? [`resharding: ${shards} shards are more than its shardsMax`] : []),
  ];
}

/** Protocols of which a replica can tell several keys as of one moment. */
const SCANNED: readonly string[] = ["single", "primaryBackup", "raft"];
/** Stops that promise nothing about what a session saw in other shards. */
const SCANNED_AT: readonly string[] = ["eventual", "linearizable"];

/** Scans that nobody could answer as the dial promises. */
function scanProblems({ scans, protocol, dial }: StoreConfig): string[] {
  if (scans === undefined) return [];
  const beyond = dial.filter((stop) => !SCANNED_AT.includes(stop));
  return [
    ...(SCANNED.includes(protocol) ? [] : [`scans: ${protocol} answers key by key, only ${SCANNED.join(", ")} can be scanned`]),
    ...beyond.map((stop) => `scans: they can't honour ${stop} over several shards, only ${SCANNED_AT.join(", ")}`),
  ];
}
