import { Counter, Gauge, Histogram, Registry } from "prom-client";
import { type ClientTally, tallyClients } from "../../shared/match/clientTally.ts";
import type { Match } from "../../shared/match/match.ts";
import type { ComponentView, NodeView, View } from "../../shared/match/view.ts";

/** Upper ends of the latency buckets, seconds: from a call within a rack to a client who has given up. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** States of a machine in which monitoring hears from it. */
const HEARD: readonly NodeView["status"][] = ["up", "slow"];

/** The media type of the text. */
export const EXPOSITION = Registry.PROMETHEUS_CONTENT_TYPE;

/**
 * A match as it stands now in Prometheus's text format: what clients were told, and of machines and components what the
 * match's own monitoring knows. A component whose metrics are off and a machine that is not heard are left out, as they
 * would be in a real scrape. Times are simulated; `split_brain_virtual_seconds` says how late it is in the match.
 * Source: Prometheus, "Exposition formats", text format 0.0.4.
 */
export async function exposition(match: Match): Promise<string> {
  const registry = new Registry();
  const view = match.view(0);
  const seen = new Set(view.components.filter(({ sees }) => sees.metrics).map(({ name }) => name));
  tellMatch(registry, view);
  tellClients(registry, tallyClients(match).filter(({ component }) => seen.has(component)));
  tellMachines(registry, view);
  tellReplicas(registry, view);
  tellComponents(registry, view.components);
  return registry.metrics();
}

function gauge<Label extends string>(registry: Registry, name: string, help: string, labelNames: readonly Label[]): Gauge<Label> {
  return new Gauge({ name: `split_brain_${name}`, help, labelNames, registers: [registry] });
}

function tellMatch(registry: Registry, { clockMs, gauges, spend }: View): void {
  gauge(registry, "virtual_seconds", "How late it is in the match: simulated seconds since its start.", []).set(clockMs / 1_000);
  gauge(registry, "availability_ratio", "Answered in time out of all, by value.", []).set(gauges.availability);
  gauge(registry, "correctness_ratio", "Not wrong out of all answered, by value.", []).set(gauges.correctness);
  gauge(registry, "score", "The score so far, 0 to 1000.", []).set(gauges.score);
  gauge(registry, "spent_dollars", "Dollars spent so far.", []).set(spend.spent);
  const ledger = gauge(registry, "ledger_operations", "All operations that ended, by bucket; a wrong answer leaves its first bucket.", ["bucket"]);
  for (const bucket of ["served", "late", "refused", "unknown", "wrong"] as const) ledger.set({ bucket }, gauges[bucket]);
}

function tellClients(registry: Registry, tallies: readonly ClientTally[]): void {
  const registers = [registry];
  const ended = new Counter({ name: "split_brain_operations_total", help: "Operations that ended, as their clients know it.", labelNames: ["component", "kind", "outcome"], registers });
  const booked = gauge(registry, "booked_operations", "Operations that ended, by bucket of the ledger.", ["component", "kind", "bucket"]);
  const open = gauge(registry, "open_operations", "Operations whose clients wait.", ["component", "kind"]);
  const latency = new Histogram({ name: "split_brain_latency_seconds", help: "From question to answer in simulated seconds, of what was answered with ok.", labelNames: ["component", "kind"], buckets: BUCKETS, registers });
  for (const { component, kind, ...tally } of tallies) {
    const labels = { component, kind };
    open.set(labels, tally.open);
    for (const [outcome, count] of Object.entries(tally.ended)) ended.inc({ ...labels, outcome }, count);
    for (const [bucket, count] of Object.entries(tally.booked)) booked.set({ ...labels, bucket }, count);
    latency.zero(labels);
    for (const seconds of tally.seconds) latency.observe(labels, seconds);
  }
}

function tellMachines(registry: Registry, { nodes, zones }: View): void {
  const labelNames = ["machine", "zone"] as const;
  const up = gauge(registry, "machine_up", "1 while the match's monitoring hears from the machine.", labelNames);
  const age = gauge(registry, "machine_report_age_seconds", "Simulated seconds since the machine's newest report.", labelNames);
  const busy = gauge(registry, "machine_utilisation_ratio", "Busy share of the machine's workers at its newest report.", labelNames);
  const queue = gauge(registry, "machine_queue_depth", "Jobs that waited in the machine at its newest report.", labelNames);
  for (const { name: machine, zone, status, lastSeenMsAgo, utilisation, queueDepth } of nodes) {
    const labels = { machine, zone: zones[zone]!.name };
    const heard = HEARD.includes(status);
    up.set(labels, heard ? 1 : 0);
    age.set(labels, lastSeenMsAgo / 1_000);
    if (!heard) continue;
    busy.set(labels, utilisation);
    queue.set(labels, queueDepth);
  }
}

function tellReplicas(registry: Registry, { nodes, components }: View): void {
  const labelNames = ["component", "machine", "role", "shard"] as const;
  const behind = gauge(registry, "replica_behind_entries", "Log entries behind the newest that monitoring knows.", labelNames);
  const term = gauge(registry, "replica_term", "The replica's term or view; 0 where its protocol has none.", labelNames);
  for (const { name: machine, status, replicas } of nodes) {
    if (!HEARD.includes(status)) continue;
    for (const replica of replicas) {
      const labels = { component: components[replica.store]!.name, machine, role: replica.role, shard: replica.shard };
      behind.set(labels, replica.behind);
      term.set(labels, replica.term);
    }
  }
}

function tellComponents(registry: Registry, components: readonly ComponentView[]): void {
  const own = gauge(registry, "component_reading", "What a component tells of itself; a state is the number of its place in the catalogue.", ["component", "reading", "unit"]);
  for (const { name: component, gauges, sees } of components) {
    if (!sees.metrics) continue;
    for (const { name, unit, value } of gauges) own.set({ component, reading: name, unit }, value);
  }
}
