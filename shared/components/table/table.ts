import { exponential, type Distribution } from "../../core/distribution.ts";
import { mutates, type OperationKind } from "../../core/operations.ts";
import type { Stream } from "../../core/random.ts";
import { usOf, type Us } from "../../core/time.ts";
import { STAGE } from "../../sim/journeys.ts";
import type { Request } from "../../sim/message.ts";
import { WRITE_BYTES } from "../../sim/messageSize.ts";
import { refersTo, type ComponentKind } from "../component.ts";
import { Durable } from "../durable.ts";
import type { Standing } from "../endpoint.ts";
import { FeedSource, type FeedEntry } from "../feed.ts";
import { rollbackOrder } from "../rollback.ts";
import type { Built, Site } from "../site.ts";
import { TableConfig, type ROWS } from "./config.ts";
import { isKnown, tableRows, type RowChange, type Rows } from "./rows.ts";

/** What clients may ask, by what the rows hold. */
const TAKES: Readonly<Record<(typeof ROWS)[number], readonly OperationKind[]>> = {
  lists: ["read", "append"],
  counts: ["read", "increment"],
  values: ["read", "write"],
};

/** What all nodes of a table have in common. */
interface TablePlan {
  readonly name: string;
  readonly config: TableConfig;
}

/** One node of a table. */
class TableNode extends FeedSource<never> {
  readonly #plan: TablePlan;
  readonly #readUs: Distribution;
  readonly #writeUs: Distribution;
  readonly #luck: Stream;
  readonly #rows = new Durable<Rows, RowChange, Request>(tableRows);

  constructor(standing: Standing, plan: TablePlan) {
    super(standing);
    this.#plan = plan;
    this.#readUs = exponential(usOf(plan.config.readTime));
    this.#writeUs = exponential(usOf(plan.config.writeTime));
    this.#luck = this.world.streams.stream("table", `${plan.name}/${this.machine.name}`);
  }

  /** Rows, and changes made so far. */
  gauges(): readonly number[] {
    const { lists, counts, feed } = this.#rows.disk;
    return [lists.size + counts.size, feed.length];
  }

  protected costUs({ kind }: Request): Us {
    return (mutates(kind) ? this.#writeUs : this.#readUs).sample(this.#luck);
  }

  protected serve(request: Request): void {
    const { kind, key, operation, argument: value } = request;
    if (!TAKES[this.#plan.config.rows].includes(kind)) this.refuse(request, "notUnderstood");
    else if (!mutates(kind)) this.#read(request);
    else if (isKnown(this.#rows.disk, operation)) this.ok(request);
    else {
      this.reach(operation, STAGE.replicating);
      const token = this.#rows.write({ kind, key, value: value ?? 0, operation }, request);
      this.machine.sync(this.self, token);
    }
  }

  override synced(token: number): void {
    for (const request of this.#rows.synced(token)) this.ok(request);
  }

  protected override forget(): void {
    this.#rows.crashed();
  }

  override restarted(diskLost: boolean): void {
    if (!diskLost) return;
    this.#rows.lost();
    this.life = this.world.kernel.nowUs;
  }

  protected feed(): readonly FeedEntry[] {
    return this.#rows.disk.feed;
  }

  protected feedUs(): Us {
    return usOf(this.#plan.config.feedTime);
  }

  /** Reads see what is durable, so that no crash takes back what somebody saw. */
  #read(request: Request): void {
    const { lists, counts } = this.#rows.disk;
    const { rows } = this.#plan.config;
    const list = lists.get(request.key) ?? [];
    if (rows === "counts") this.ok(request, { value: counts.get(request.key) ?? 0 });
    else if (rows === "values") this.ok(request, { value: list[0] ?? null });
    else this.ok(request, { value: list.at(-1) ?? null, values: list });
  }
}

function buildTable(site: Site, index: number, name: string, config: TableConfig): Built & { readonly kind: "table" } {
  const nodes: TableNode[] = [];
  const instances = config.on.map((nodeName) => {
    const node = site.node(nodeName);
    const machine = site.world.machines[node]!;
    const process = site.world.addProcess({ machine: node }, (self) => {
      const table = new TableNode({ world: site.world, self, machine, index }, { name, config });
      nodes.push(table);
      return table;
    });
    const table = nodes.at(-1)!;
    return { process, node, zone: machine.zone, gauges: () => table.gauges() };
  });
  const byKey = instances.map((instance) => [instance]);
  return {
    index,
    name,
    kind: "table",
    summary: `table · ${config.rows} on ${instances.length} ${instances.length === 1 ? "node" : "nodes"}`,
    instances,
    keys: config.keys,
    instancesFor: (key) => byKey[key % byKey.length]!,
    shardOf: (key) => key % byKey.length,
    reaches: [index],
    orders: [rollbackOrder(site.world, index)],
    storedBytes: () => nodes.reduce((sum, { changes }) => sum + changes * WRITE_BYTES, 0),
  };
}

export const table: ComponentKind<TableConfig, Built & { readonly kind: "table" }> = {
  kind: "table",
  about: "Rows by key on the disk of one node each, with a feed of all changes that others can derive data from.",
  source: "Transactional outbox: Richardson 2018, section 3.3.1.",
  simplified: [
    "A row lives on one node: while that is down it can't be reached, and with its disk it is lost.",
    "It remembers the operations that have taken effect for the whole match.",
  ],
  config: TableConfig,
  takes: ({ rows }) => TAKES[rows],
  references: ({ on }) => refersTo("node", "on", on),
  gauges: [
    { name: "rows", unit: "count", combine: "sum" },
    { name: "changes", unit: "count", combine: "sum" },
  ],
  build: buildTable,
};
