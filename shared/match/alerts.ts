import type { Ms } from "../core/time.ts";
import { KINDS } from "../components/registry.ts";
import type { MachineReport } from "../components/monitor/machineAgent.ts";
import type { Cluster } from "./cluster.ts";
import type { Instrumentation } from "./instrumentation.ts";
import type { Monitoring } from "./monitoring.ts";
import { shown } from "../core/names.ts";
import { toldBy } from "./told.ts";
import type { MatchRecord } from "./record.ts";
import type { AlertView } from "./view.ts";

/** Something worth a page while it is so. */
interface Condition {
  readonly key: string;
  readonly severity: 1 | 2 | 3;
  readonly text: string;
  readonly at: string;
}

/** Alerts kept in the pager. */
const KEPT = 40;
/** Warn before the first loss: at this share of a queue or of the CPU. */
const NEARLY_FULL = 0.85;

/** Share of a link's probes that come again or out of order from which it is worth a page. */
const MUDDLED = 0.1;
/** Clocks of machines under one time server agree better than this. */
const CLOCK_ERROR_MS: Ms = 10;

/** What is wrong with the disk or the clock of a machine, by its own report. */
function upkeepOf(name: string, node: number, { clockErrorMs, diskUsed }: MachineReport): Condition | null {
  const at = `n${node}`;
  if (diskUsed >= 1) return { key: `disk/${node}`, severity: 2, text: `${shown(name)}: disk full`, at };
  if (diskUsed >= NEARLY_FULL) return { key: `filling/${node}`, severity: 3, text: `${shown(name)}: disk nearly full`, at };
  if (Math.abs(clockErrorMs) < CLOCK_ERROR_MS) return null;
  return { key: `clock/${node}`, severity: 3, text: `${shown(name)}: clock ${clockErrorMs > 0 ? "ahead" : "behind"}`, at };
}

/** The pager: turns what monitoring and users report into alerts, each once for as long as it lasts. */
export class Pager {
  readonly #cluster: Cluster;
  readonly #monitoring: Monitoring;
  readonly #record: MatchRecord;
  readonly #instrumentation: Instrumentation;
  /** Kinds of component with a figure that pages. */
  readonly #paging: ReadonlySet<string>;
  readonly #burning = new Map<string, number>();
  readonly alerts: AlertView[] = [];
  #next = 0;

  constructor(cluster: Cluster, monitoring: Monitoring, record: MatchRecord, instrumentation: Instrumentation) {
    this.#instrumentation = instrumentation;
    this.#cluster = cluster;
    this.#monitoring = monitoring;
    this.#record = record;
    const paging = KINDS.filter(({ gauges = [] }) => gauges.some(({ pagesAbove }) => pagesAbove !== undefined));
    this.#paging = new Set(paging.map(({ kind }) => kind));
  }

  /** Looks at everything once; call a few times a second. */
  look(clockMs: Ms, nodeStatus: (node: number) => string): void {
    const { users, components, machines } = this.#cluster.alerting;
    const conditions = [
      ...(machines ? [...this.#nodes(nodeStatus), ...this.#links()] : []),
      ...(components ? [...this.#primaries(), ...this.#figures()] : []),
      ...(users ? this.#promises() : []),
    ];
    const now = new Set(conditions.map(({ key }) => key));
    for (const [key, id] of this.#burning) {
      if (now.has(key)) continue;
      this.#burning.delete(key);
      this.#change(id, { clearedMs: clockMs });
    }
    for (const { key, severity, text, at } of conditions) {
      if (this.#burning.has(key)) continue;
      const id = this.#next++;
      this.#burning.set(key, id);
      this.alerts.unshift({ id, severity, text, at, sinceMs: clockMs, clearedMs: 0, takenBy: -1 });
      if (this.alerts.length > KEPT) this.alerts.pop();
    }
  }

  /** Notes who takes an alert; false when there is none of that number. */
  take(id: number, operator: number): boolean {
    return this.#change(id, { takenBy: operator });
  }

  #change(id: number, change: Partial<AlertView>): boolean {
    const index = this.alerts.findIndex((alert) => alert.id === id);
    if (index < 0) return false;
    this.alerts[index] = { ...this.alerts[index]!, ...change };
    return true;
  }

  #nodes(nodeStatus: (node: number) => string): Condition[] {
    return this.#cluster.nodeNames.flatMap((name, node): Condition[] => {
      const status = nodeStatus(node);
      const at = `n${node}`;
      if (status === "crashed") return [{ key: `down/${node}`, severity: 1, text: `${shown(name)} is down`, at }];
      if (status === "unknown") return [{ key: `unseen/${node}`, severity: 1, text: `${shown(name)} unreachable`, at }];
      if (status === "slow") return [{ key: `slow/${node}`, severity: 3, text: `${shown(name)}: CPU throttled`, at }];
      const report = this.#monitoring.report(node);
      if (status !== "up" || report === null) return [];
      const upkeep = upkeepOf(name, node, report);
      if (upkeep !== null) return [upkeep];
      const { queueCap } = this.#cluster.world.machines[node]!;
      if (queueCap > 0 && report.queueDepth >= NEARLY_FULL * queueCap) {
        return [{ key: `queue/${node}`, severity: 2, text: `${shown(name)}: queue nearly full`, at }];
      }
      return report.utilisation >= NEARLY_FULL ? [{ key: `busy/${node}`, severity: 3, text: `${shown(name)}: CPU ${NEARLY_FULL * 100} % busy`, at }] : [];
    });
  }

  #links(): Condition[] {
    const { zoneNames } = this.#cluster;
    return this.#monitoring.pairs.flatMap(([a, b], index): Condition[] => {
      const link = this.#monitoring.link(a, b);
      const name = `${zoneNames[a]}–${zoneNames[b]}`;
      const lanes = [link.aToB, link.bToA];
      const at = `l${index}`;
      if (lanes.includes("cut")) return [{ key: `cut/${index}`, severity: 1, text: `Link ${name}: no probes`, at }];
      if (lanes.includes("lossy")) return [{ key: `lossy/${index}`, severity: 2, text: `Link ${name} loses messages`, at }];
      if (this.#monitoring.muddled(a, b) >= MUDDLED) {
        return [{ key: `muddled/${index}`, severity: 3, text: `Link ${name}: probes twice or out of order`, at }];
      }
      return lanes.includes("slow") ? [{ key: `slowLink/${index}`, severity: 3, text: `Link ${name} is slow`, at }] : [];
    });
  }

  /** Two primaries that monitoring can both see. */
  #primaries(): Condition[] {
    return this.#cluster.stores().flatMap((store): Condition[] => {
      const primaries = new Map<number, Set<number>>();
      for (const { node, shard } of store.placed) {
        if (!this.#monitoring.seen(node) || this.#cluster.world.machines[node]!.fenced) continue;
        const role = this.#monitoring.report(node)?.replicas.find((replica) => replica.store === store.index && replica.shard === shard)?.role;
        if (role === "primary") primaries.set(shard, (primaries.get(shard) ?? new Set()).add(node));
      }
      const split = [...primaries.values()].some((nodes) => nodes.size > 1);
      return split ? [{ key: `split/${store.index}`, severity: 1, text: `${store.name}: two primaries`, at: `c${store.index}` }] : [];
    });
  }

  /** Figures that are worth a page, of components that tell figures. */
  #figures(): Condition[] {
    return this.#cluster.components.flatMap((component) => {
      if (!this.#paging.has(component.kind) || !this.#instrumentation.sees(component.name, "metrics")) return [];
      return toldBy(component, this.#cluster, this.#monitoring).flatMap(({ card, value }): Condition[] => {
        if (card.pagesAbove === undefined || value <= card.pagesAbove) return [];
        const { name, index } = component;
        return [{ key: `figure/${index}/${card.name}`, severity: 2, text: `${name}: ${card.name}`, at: `c${index}` }];
      });
    });
  }

  /** What users were promised and are about to miss, as far as the component is instrumented. */
  #promises(): Condition[] {
    return Object.entries(this.#cluster.level.contract).flatMap(([name, { answerWithin }]): Condition[] => {
      if (!this.#instrumentation.sees(name, "metrics")) return [];
      const meter = this.#record.components.get(name)!;
      const { index } = this.#cluster.component(name)!;
      const at = `c${index}`;
      if (meter.failed >= 5 && meter.failedShare >= 0.02) {
        return [{ key: `errors/${index}`, severity: 1, text: `${name}: requests fail`, at }];
      }
      return meter.reading.latencyMsP99 > NEARLY_FULL * answerWithin
        ? [{ key: `late/${index}`, severity: 2, text: `${name}: p99 near the ${answerWithin} ms limit`, at }]
        : [];
    });
  }
}
