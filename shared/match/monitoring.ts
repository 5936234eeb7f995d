import { msOf, type Ms } from "../core/time.ts";
import type { MachineReport } from "../components/monitor/machineAgent.ts";
import type { Cluster } from "./cluster.ts";
import { PartitionSight } from "./partitionSight.ts";
import type { LaneStatus, LinkView, NodeStatus, PartitionView } from "./view.ts";

/** Scrapes that may fail before a node counts as unseen. */
const MISSES = 2.5;

/** Loss and delay from which a lane counts as sick. */
export const LOSSY = 0.04;
export const SLOW_TIMES = 1.7;
/** Silence from which a lane counts as cut: eight probes in a row. */
const CUT_MS = 2_000;

/** What operators can know: everything here comes from the monitor's scrapes or from their own orders, never from the truth. */
export class Monitoring {
  readonly #cluster: Cluster;
  readonly #partition: PartitionSight;
  /** Pairs of zones in the order of links: a before b. */
  readonly pairs: readonly (readonly [number, number])[];

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
    const zones = cluster.zoneNames.length;
    this.#partition = new PartitionSight(cluster.monitor.zone, zones);
    this.pairs = Array.from({ length: zones }, (_, a) => Array.from({ length: zones - a - 1 }, (_, step) => [a, a + step + 1] as const)).flat();
  }

  /** Age of the newest report of a node, ms; since the start when it never came. */
  lastSeenMsAgo(node: number): Ms {
    const { monitor, world } = this.#cluster;
    return msOf(world.kernel.nowUs - Math.max(0, monitor.machines[node]!.seenAtUs));
  }

  report(node: number): MachineReport | null {
    return this.#cluster.monitor.machines[node]!.report;
  }

  /** True while the monitor has a fresh report of the node. */
  seen(node: number): boolean {
    return this.lastSeenMsAgo(node) <= this.#patienceMs;
  }

  /**
   * What is known of a node. Orders of operators are known (fenced, off, restarting); a power controller in the same zone
   * tells "crashed" from silence, when that zone can be reached; a paused node and a cut-off one look alike.
   */
  status(node: number, restarting: boolean): NodeStatus {
    const machine = this.#cluster.world.machines[node]!;
    if (restarting) return "restarting";
    if (machine.state === "off") return "off";
    if (machine.fenced) return "fenced";
    if (this.seen(node)) return this.report(node)?.slow === true ? "slow" : "up";
    const reachable = machine.zone === this.#cluster.monitor.zone || this.#zoneSeen(machine.zone);
    return reachable && machine.state === "crashed" ? "crashed" : "unknown";
  }

  /** What is known of each link, in the order of `pairs`. */
  link(a: number, b: number): Omit<LinkView, "repairUntilMs"> {
    const there = this.#lane(a, b);
    const back = this.#lane(b, a);
    return {
      a,
      b,
      aToB: there.status,
      bToA: back.status,
      roundTripMs: Math.round(there.delayMs + back.delayMs),
      loss: Math.round(Math.max(there.loss, back.loss) * 100) / 100,
    };
  }

  /** Share of the probes on a link, on its worse lane, that came again or out of order. */
  muddled(a: number, b: number): number {
    const share = (from: number, to: number): number =>
      this.#cluster.monitor.zones[to]!.lanes.find((lane) => lane.from === from)?.muddled ?? 0;
    return Math.max(share(a, b), share(b, a));
  }

  /** The partition that can be seen from the monitor's zone. It remembers since when: ask at the same ticks in every match. */
  partition(): PartitionView | null {
    return this.#partition.look((from, to) => this.#lane(from, to).status, msOf(this.#cluster.world.kernel.nowUs));
  }

  get #patienceMs(): Ms {
    return msOf(this.#cluster.monitor.scrapeUs) * MISSES;
  }

  #zoneSeen(zone: number): boolean {
    const { monitor, world } = this.#cluster;
    return msOf(world.kernel.nowUs - Math.max(0, monitor.zones[zone]!.seenAtUs)) <= this.#patienceMs;
  }

  #lane(from: number, to: number): { status: LaneStatus; loss: number; delayMs: Ms } {
    const { monitor, world } = this.#cluster;
    const report = monitor.zones[to]!.lanes.find((lane) => lane.from === from);
    if (report === undefined) return { status: "ok", loss: 0, delayMs: 0 };
    const { loss, delayMs } = report;
    if (!this.#zoneSeen(to)) return { status: "unknown", loss, delayMs };
    // As of the report: an old report must not make a lane look silent.
    const silentMs = msOf(monitor.zones[to]!.seenAtUs - report.lastHeardUs);
    if (silentMs > CUT_MS) return { status: "cut", loss: 1, delayMs };
    if (loss >= LOSSY) return { status: "lossy", loss, delayMs };
    const usualMs = world.network.lane(from, to).link.p50Ms;
    return { status: delayMs > usualMs * SLOW_TIMES + 2 ? "slow" : "ok", loss, delayMs };
  }
}
