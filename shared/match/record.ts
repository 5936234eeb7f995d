import { msOf } from "../core/time.ts";
import type { Anomaly, Check } from "../checkers/checker.ts";
import { checkers } from "../checkers/registry.ts";
import { mutates } from "../core/operations.ts";
import type { Outcome } from "../history/operation.ts";
import { History } from "../history/recorder.ts";
import type { Level } from "../level/schema.ts";
import type { World } from "../sim/world.ts";
import { argumentOf, type Asked, type Ending, type Observer, type Traffic } from "../workload/traffic.ts";
import { Causes } from "./cause.ts";
import type { Cluster } from "./cluster.ts";
import type { Bucket } from "./debrief.ts";
import { complaintOf } from "./complaint.ts";
import { Ledger, type Entry } from "./ledger.ts";
import { Meter, quantile } from "./meters.ts";
import type { Tracer } from "./tracer.ts";
import { words } from "../core/names.ts";

/** A wrong answer, and where it was given. */
export interface WrongAnswer {
  readonly component: string;
  readonly anomaly: Anomaly;
  /** Machine that gave it, or −1. */
  readonly node: number;
}

/**
 * Writes down everything that clients see, has it judged as it happens, and books each operation in the ledger. The
 * checks see the history alone.
 */
export class MatchRecord implements Observer {
  readonly history = new History();
  readonly ledger = new Ledger();
  readonly wrong: WrongAnswer[] = [];
  readonly #level: Level;
  readonly #checks = new Map<string, Check>();
  readonly #componentNames: readonly string[];
  /** By operation. */
  readonly #entries: (Entry | undefined)[] = [];
  /** By source: the entry of all its operations that were served, which are most. */
  readonly #served: Entry[] = [];
  readonly #answeredBy: number[] = [];
  readonly #zoneOf: number[] = [];
  /** One meter per component that is asked, per zone, and per machine that answers. */
  readonly components = new Map<string, Meter>();
  readonly zones: readonly Meter[];
  readonly nodes: readonly Meter[];
  /** What clients of a machine were told when their last request failed there. */
  readonly nodeComplaints: string[];
  readonly wrongAtNode: number[];
  #world: World | undefined;
  #traffic: Traffic | undefined;
  #paths: readonly string[][] = [];
  #causes: Causes | undefined;
  #tracer: Tracer | undefined;

  constructor(level: Level) {
    this.#level = level;
    this.#componentNames = Object.keys(level.components);
    for (const [name, contract] of Object.entries(level.contract)) {
      this.#checks.set(name, checkers[contract.guarantee].begin({ boundMs: contract.bound, opening: contract.opening }));
    }
    for (const name of this.#componentNames) this.components.set(name, new Meter());
    this.zones = level.zones.map(() => new Meter());
    const nodes = Object.keys(level.nodes);
    this.nodes = nodes.map(() => new Meter());
    this.nodeComplaints = nodes.map(() => "");
    this.wrongAtNode = nodes.map(() => 0);
  }

  /** Connects the record to the world that it will write about. */
  attach({ world, traffic, paths }: Pick<Cluster, "world" | "traffic" | "paths">, tracer: Tracer): void {
    this.#tracer = tracer;
    this.#paths = paths;
    this.#world = world;
    this.#traffic = traffic;
    this.#causes = new Causes(world);
  }

  invoked({ session, source, key, other, expected, given }: Asked): number {
    const { target, kind, card, zone } = this.#traffic!.source(source);
    const id = this.history.length;
    const component = this.#componentNames[target]!;
    const argument = argumentOf(card, id, given);
    const atUs = this.#world!.kernel.nowUs;
    this.history.invoke({ session, component, key, other, kind, argument, expected, atUs });
    this.#zoneOf[id] = zone;
    this.#checks.get(component)!.invoked(this.history.operation(id));
    return id;
  }

  ended(ending: Ending): void {
    const { operation: id, reply, source } = ending;
    const atUs = this.#world!.kernel.nowUs;
    const { target, kind, value, zone } = this.#traffic!.source(source);
    const component = this.#componentNames[target]!;
    const outcome: Outcome = reply === null || reply.outcome === "unknown" ? "unknown" : reply.outcome === "ok" ? "ok" : "fail";
    const told = outcome === "ok" && !mutates(kind) ? reply : null;
    const result = told?.value ?? null;
    const results = told?.values ?? null;
    this.history.complete(id, { outcome, result, results, atUs });
    this.#answeredBy[id] = reply?.node ?? -1;
    this.#world!.kernel.stamp(id * 4 + (outcome === "ok" ? 1 : outcome === "fail" ? 2 : 3));
    if (result !== null) this.#world!.kernel.stamp(result);
    if (results !== null) for (const one of results) this.#world!.kernel.stamp(one);
    const entry = this.#entryOf(ending, component, value, atUs);
    this.#tracer!.ended(id, ending.invokedAtUs);
    this.#entries[id] = entry;
    this.ledger.add(entry);
    this.#meter(zone, ending, entry, atUs);
    const anomaly = this.#checks.get(component)!.completed(this.history.operation(id));
    if (anomaly !== undefined) this.#blame(component, anomaly);
  }

  /** Ends the checks; a few anomalies show only in the whole history. */
  finish(): void {
    for (const [component, check] of this.#checks) {
      const verdict = check.finish();
      if (verdict.outcome !== "invalid") continue;
      const known = new Set(this.wrong.filter((wrong) => wrong.component === component).map(({ anomaly }) => anomaly.operation));
      for (const anomaly of verdict.anomalies) if (!known.has(anomaly.operation)) this.#blame(component, anomaly);
    }
  }

  /** The checks' judgement on a component so far. */
  verdict(component: string) {
    return this.#checks.get(component)!.finish();
  }

  /** Where an operation stands in the ledger; undefined while it is open. */
  bucketOf(operation: number): Bucket | undefined {
    return this.entryOf(operation)?.bucket;
  }

  /** What the ledger has of an operation; undefined while it is open. */
  entryOf(operation: number): Entry | undefined {
    return this.#entries[operation];
  }

  /** Machine that answered an operation, or −1. */
  answeredBy(operation: number): number {
    return this.#answeredBy[operation] ?? -1;
  }

  /** Zone whose client asked. */
  zoneOf(operation: number): number {
    return this.#zoneOf[operation]!;
  }

  /** Median and 99th percentile of all answers of a component, whole ms. */
  latencies(component: string): { p50: number; p99: number } {
    const times = this.history.answerTimesUs(component);
    const ms = (share: number): number => Math.round(msOf(quantile(times, share)));
    return { p50: ms(0.5), p99: ms(0.99) };
  }

  /** Ends a second of all meters. */
  tick(): void {
    for (const meter of this.components.values()) meter.tick();
    for (const meter of this.zones) meter.tick();
    for (const meter of this.nodes) meter.tick();
  }

  #entryOf(ending: Ending, component: string, value: number, atUs: number): Entry {
    const { reply } = ending;
    const base = { component, value, price: 0 };
    if (reply === null) return { ...base, bucket: "unknown", cause: this.#causes!.ofSilence(ending.operation), inTime: false };
    if (reply.outcome === "unknown") return { ...base, bucket: "unknown", cause: this.#causes!.ofRefusal(reply), inTime: false };
    if (reply.outcome === "refused") return { ...base, bucket: "refused", cause: this.#causes!.ofRefusal(reply), inTime: false };
    const inTime = msOf(atUs - ending.invokedAtUs) <= this.#level.contract[component]!.answerWithin;
    if (inTime) return (this.#served[ending.source] ??= { ...base, bucket: "served", cause: "", inTime });
    return { ...base, bucket: "late", cause: this.#causes!.ofLateness(ending, atUs), inTime };
  }

  #blame(component: string, anomaly: Anomaly): void {
    const entry = this.#entries[anomaly.operation];
    if (entry === undefined || entry.bucket === "wrong") return;
    const node = this.answeredBy(anomaly.operation);
    const cause = this.#causes!.ofWrongAnswer(words(anomaly.name), node);
    const wrong: Entry = { ...entry, bucket: "wrong", price: entry.value * this.#level.contract[component]!.wrongCosts, cause };
    this.ledger.remove(entry);
    this.ledger.add(wrong);
    this.#entries[anomaly.operation] = wrong;
    this.wrong.push({ component, anomaly, node });
    if (node >= 0) this.wrongAtNode[node]!++;
  }

  #meter(zone: number, { operation, source, reply, invokedAtUs }: Ending, { bucket }: Entry, atUs: number): void {
    const latencyMs = msOf(atUs - invokedAtUs);
    const failed = bucket === "refused" || bucket === "unknown";
    for (const name of this.#paths[source]!) this.components.get(name)!.count(failed, latencyMs);
    this.zones[zone]!.count(failed || bucket === "late", latencyMs);
    const node = reply?.node ?? this.#world!.journeys.nodeOf(operation);
    if (node < 0) return;
    this.nodes[node]!.count(failed, latencyMs);
    if (failed) this.nodeComplaints[node] = complaintOf(reply);
  }
}
