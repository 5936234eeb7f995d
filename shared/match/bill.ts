import { shown } from "../core/names.ts";
import type { Ms } from "../core/time.ts";
import type { Component } from "../components/registry.ts";
import type { Built } from "../components/site.ts";
import type { Cluster } from "./cluster.ts";
import type { Instrumentation } from "./instrumentation.ts";
import type { Jobs } from "./jobs.ts";
import type { Dials } from "./dials.ts";

/** What money goes to. */
export const BILL_CATEGORIES = ["machines", "stores", "storage", "traffic", "instrumentation", "fines"] as const;
export type BillCategory = (typeof BILL_CATEGORIES)[number];

/** One line of the bill. */
export interface BillLine {
  readonly category: BillCategory;
  /** Whose it is: a node, a component; the category's own name where it has one line only. */
  readonly item: string;
  readonly dollars: number;
  /** For a machine: share of its CPU that was busy while it was paid for, 0 to 1. A forgotten one shows here. */
  readonly busy: number | null;
}

/** Something that is paid by the minute as things stand. */
interface Rent {
  readonly category: BillCategory;
  readonly item: string;
  readonly perMinute: number;
}

const BYTES_PER_GB = 1_000_000_000;

/**
 * What the cluster costs: machines by the minute while they are on (or booting), stores by the stop of their dial, what is
 * kept by the gigabyte and minute, instruments by the signal and minute, traffic between zones by the gigabyte.
 */
export class Bill {
  readonly #cluster: Cluster;
  readonly #jobs: Jobs;
  readonly #dials: Dials;
  readonly #instrumentation: Instrumentation;
  readonly #lines = new Map<string, { readonly category: BillCategory; readonly item: string; dollars: number }>();
  /** Worker-microseconds of each machine that were paid for. */
  readonly #paidUs: number[];
  #billedBytes = 0;
  /** Dollars so far. */
  spent = 0;

  constructor(cluster: Cluster, jobs: Jobs, dials: Dials, instrumentation: Instrumentation) {
    this.#instrumentation = instrumentation;
    this.#cluster = cluster;
    this.#jobs = jobs;
    this.#dials = dials;
    this.#paidUs = cluster.nodeNames.map(() => 0);
  }

  /** Dollars a minute as things stand; traffic is paid as it goes, and not in here. */
  get perMinute(): number {
    return sum(this.#rents());
  }

  /** Something that is paid once. */
  fine(dollars: number): void {
    this.#charge("fines", "fines", dollars);
  }

  /** Lets time pass. */
  pass(ms: Ms): void {
    const rents = this.#rents();
    this.spent += (sum(rents) * ms) / 60_000;
    for (const { category, item, perMinute } of rents) this.#book(category, item, (perMinute * ms) / 60_000);
    this.#cluster.world.machines.forEach((machine, node) => {
      if (this.#isPaid(node)) this.#paidUs[node]! += ms * 1_000 * machine.workers;
    });
    this.#chargeTraffic();
  }

  /** Every line with a price, by category, dearest first within one. */
  lines(): BillLine[] {
    const lines = [...this.#lines.values()].map(({ category, item, dollars }) => {
      return { category, item, dollars, busy: category === "machines" ? this.#busy(item) : null };
    });
    return BILL_CATEGORIES.flatMap((category) =>
      lines
        .filter((line) => line.category === category)
        .sort((a, b) => b.dollars - a.dollars || (a.item < b.item ? -1 : 1)),
    );
  }

  #rents(): Rent[] {
    const { rents, nodeNames, components, level } = this.#cluster;
    const machines = rents.flatMap((rent, node): Rent[] =>
      this.#isPaid(node)
        ? [{ category: "machines", item: nodeNames[node]!, perMinute: rent.sizes[rent.size]!.price }]
        : [],
    );
    const stores = this.#cluster.stores().map((store): Rent => {
      return { category: "stores", item: store.name, perMinute: this.#dials.price(store) };
    });
    const kept = level.prices.storage > 0 ? components.map((component) => this.#storageOf(component)) : [];
    const instruments = components.map(({ name }): Rent => {
      const perMinute = this.#instrumentation.signalsOf(name) * level.prices.instrumentation;
      return { category: "instrumentation", item: name, perMinute };
    });
    return [...machines, ...stores, ...kept, ...instruments];
  }

  #storageOf(component: Component): Rent {
    const built: Built = component;
    const gigabytes = (built.storedBytes?.() ?? 0) / BYTES_PER_GB;
    return { category: "storage", item: built.name, perMinute: gigabytes * this.#cluster.level.prices.storage };
  }

  #isPaid(node: number): boolean {
    return this.#cluster.world.machines[node]!.state !== "off" || this.#jobs.isBusy("power", `n${node}`);
  }

  #busy(name: string): number {
    const node = this.#cluster.node(name);
    const paidUs = this.#paidUs[node]!;
    return paidUs === 0 ? 0 : this.#cluster.world.machines[node]!.busyUs() / paidUs;
  }

  #chargeTraffic(): void {
    const price = this.#cluster.level.prices.crossZone;
    if (price === 0) return;
    const bytes = this.#cluster.world.network.crossZoneBytes();
    this.#charge("traffic", "traffic", ((bytes - this.#billedBytes) / BYTES_PER_GB) * price);
    this.#billedBytes = bytes;
  }

  #charge(category: BillCategory, item: string, dollars: number): void {
    this.spent += dollars;
    this.#book(category, item, dollars);
  }

  #book(category: BillCategory, item: string, dollars: number): void {
    if (dollars === 0) return;
    const key = `${category}/${item}`;
    const line = this.#lines.get(key);
    if (line === undefined) this.#lines.set(key, { category, item, dollars });
    else line.dollars += dollars;
  }
}

function sum(rents: readonly Rent[]): number {
  return rents.reduce((total, { perMinute }) => total + perMinute, 0);
}

/** Dollars by category, those without any left out: for who has no room for every line. */
export function billTotals(
  lines: readonly BillLine[],
): { readonly category: BillCategory; readonly dollars: number }[] {
  return BILL_CATEGORIES.flatMap((category) => {
    const own = lines.filter((line) => line.category === category);
    return own.length === 0 ? [] : [{ category, dollars: own.reduce((total, { dollars }) => total + dollars, 0) }];
  });
}

/** The name of a line as it is shown: machines have a capital, components do not. */
export function billItem({ category, item }: Pick<BillLine, "category" | "item">): string {
  return category === "machines" ? shown(item) : item;
}
