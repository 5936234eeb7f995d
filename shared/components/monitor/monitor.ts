import { z } from "zod";
import { usOf, type Us } from "../../core/time.ts";
import { Interval, Name, Percent } from "../../core/units.ts";
import { FLOW } from "../../sim/flows.ts";
import type { ProbeReply } from "../../sim/message.ts";
import { CHANNEL, type Process, type ProcessId } from "../../sim/process.ts";
import type { World } from "../../sim/world.ts";
import { refersTo, type ComponentKind } from "../component.ts";
import type { Built, Setting, Site } from "../site.ts";
import { MachineAgent, type MachineReport } from "./machineAgent.ts";
import { ZoneAgent, type LaneReport } from "./zoneAgent.ts";

/** Names of components, or all of them. */
const Watched = z.union([z.literal("all"), z.array(Name)]).default("all");

/** Where operators look from, and how often. What the monitor's zone can't reach, operators don't see. */
export const MonitorConfig = z.strictObject({
  kind: z.literal("monitor"),
  in: Name.describe("zone from which it scrapes"),
  scrape: Interval.default(1_000).describe("time between two scrapes"),
  metrics: Watched.describe("components whose figures are seen"),
  logs: Watched.describe("components that say what went wrong"),
  traces: Watched.describe("components that appear in traces"),
  sampling: z.int().min(1).max(1_000).default(16).describe("one request in so many is traced"),
  overhead: Percent.default(0).describe("CPU time that each of these adds to every request of its component"),
});
export type MonitorConfig = z.infer<typeof MonitorConfig>;

/** What the monitor knows of a machine: its last report, and when that came. −1: never. */
export interface Scraped {
  report: MachineReport | null;
  seenAtUs: Us;
}

/** What the monitor knows of the lanes into a zone, and when it heard. −1: never. */
export interface ZoneScraped {
  lanes: readonly LaneReport[];
  seenAtUs: Us;
}

const TIMER_SCRAPE = 0;

/** Scrapes every machine and every zone's prober over the production network, like everybody else's messages. */
export class Monitor implements Process {
  readonly #world: World;
  readonly #self: ProcessId;
  readonly #scrapeUs: Us;
  readonly #agents: readonly ProcessId[];
  readonly #zoneAgents: readonly ProcessId[];
  readonly zone: number;
  readonly machines: Scraped[];
  readonly zones: ZoneScraped[];
  /** Count of scrapes begun. */
  rounds = 0;

  constructor(world: World, self: ProcessId, zone: number, scrapeUs: Us, agents: readonly ProcessId[], zoneAgents: readonly ProcessId[]) {
    this.#world = world;
    this.#self = self;
    this.zone = zone;
    this.#scrapeUs = scrapeUs;
    this.#agents = agents;
    this.#zoneAgents = zoneAgents;
    this.machines = agents.map(() => ({ report: null, seenAtUs: -1 }));
    this.zones = zoneAgents.map(() => ({ lanes: [], seenAtUs: -1 }));
    world.setTimer(self, TIMER_SCRAPE, 1);
  }

  get scrapeUs(): Us {
    return this.#scrapeUs;
  }

  /** `call` of a probe is the index of its machine, or −1 − the index of its zone. */
  receive(_from: ProcessId, message: unknown): void {
    const { call, report } = message as ProbeReply;
    const seenAtUs = this.#world.kernel.nowUs;
    if (call >= 0) this.machines[call] = { report: report as MachineReport, seenAtUs };
    else this.zones[-1 - call] = { lanes: report as LaneReport[], seenAtUs };
  }

  timer(): void {
    this.rounds++;
    this.#agents.forEach((agent, machine) => this.#probe(agent, machine));
    this.#zoneAgents.forEach((agent, zone) => this.#probe(agent, -1 - zone));
    this.#world.setTimer(this.#self, TIMER_SCRAPE, this.#scrapeUs);
  }

  workDone(): void {}
  synced(): void {}
  crashed(): void {}
  restarted(): void {}

  #probe(agent: ProcessId, call: number): void {
    this.#world.send(this.#self, agent, { type: "probe", call }, CHANNEL.requests, -1, FLOW.none);
  }
}

/** Layers on which operators are paged: what users feel, what components do, what machines and links do. */
export interface Alerting {
  users: boolean;
  components: boolean;
  machines: boolean;
}

function alertingSettings(alerting: Alerting): Setting[] {
  const layer = (field: keyof Alerting, about: string): Setting => ({
    name: `page${field.slice(0, 1).toUpperCase()}${field.slice(1)}`,
    about,
    unit: "switch",
    min: 0,
    max: 1,
    get: () => (alerting[field] ? 1 : 0),
    set: (value) => (alerting[field] = value === 1),
  });
  return [
    layer("users", "Page for what users feel: promises that are missed."),
    layer("components", "Page for what components do: two primaries."),
    layer("machines", "Page for machines and links: busy, slow, unreachable."),
  ];
}

export interface BuiltMonitor extends Built {
  readonly kind: "monitor";
  readonly monitor: Monitor;
  readonly config: MonitorConfig;
  readonly alerting: Alerting;
}

/** Answers the monitor's scrapes for a zone's prober, which itself speaks only to other probers. */
class ZoneExporter implements Process {
  readonly #world: World;
  readonly #self: ProcessId;
  readonly #agent: ZoneAgent;

  constructor(world: World, self: ProcessId, agent: ZoneAgent) {
    this.#world = world;
    this.#self = self;
    this.#agent = agent;
  }

  receive(from: ProcessId, message: unknown): void {
    const { call } = message as { call: number };
    this.#world.send(this.#self, from, { type: "probeReply", call, report: this.#agent.report() }, CHANNEL.requests, -1, FLOW.none);
  }

  timer(): void {}
  workDone(): void {}
  synced(): void {}
  crashed(): void {}
  restarted(): void {}
}

/** The monitor with an exporter on every machine and a prober in every zone. */
function buildMonitor(site: Site, index: number, name: string, config: MonitorConfig): BuiltMonitor {
  const { world } = site;
  const watched = site.everything();
  const agents = world.machines.map((machine) =>
    world.addProcess({ machine: machine.index }, (self) => new MachineAgent(world, self, machine, watched)),
  );
  const probers: ZoneAgent[] = [];
  const proberIds = Array.from({ length: world.network.zones }, (_, zone) =>
    world.addProcess({ zone, network: "backbone" }, (self) => {
      const prober = new ZoneAgent(world, self, zone);
      probers.push(prober);
      return prober;
    }),
  );
  const exporters = probers.map((prober, zone) => world.addProcess({ zone, network: "backbone" }, (self) => new ZoneExporter(world, self, prober)));
  for (const prober of probers) prober.begin(proberIds);
  const zone = site.zone(config.in);
  let monitor: Monitor | undefined;
  world.addProcess({ zone, network: "backbone" }, (self) => (monitor = new Monitor(world, self, zone, usOf(config.scrape), agents, exporters)));
  const alerting: Alerting = { users: true, components: true, machines: true };
  const summary = `monitor · in zone ${config.in}`;
  return { index, name, kind: "monitor", summary, instances: [], monitor: monitor!, config, alerting, settings: alertingSettings(alerting), keys: 1, instancesFor: () => [], reaches: [] };
}

export const monitor: ComponentKind<MonitorConfig, BuiltMonitor> = {
  kind: "monitor",
  stands: "watching",
  about: "Scrapes machines and probes links from one zone: the operators' eyes.",
  config: MonitorConfig,
  takes: () => [],
  references: (config) => refersTo("zone", "in", [config.in]),
  build: buildMonitor,
};
