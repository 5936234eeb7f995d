import type { ComponentName } from "../../shared/components/registry.ts";
import { Yard } from "./yard.ts";

type Lines = Readonly<Record<string, unknown>>;

/** Lines that differ from those of the usual newsroom, by component. */
export interface NewsroomSetup {
  readonly seed?: string;
  readonly workers?: readonly string[];
  readonly queue?: Lines;
  readonly worker?: Lines;
  readonly desk?: Lines;
  /** Further components, after the others. */
  readonly more?: Readonly<Record<string, Lines & { readonly kind: ComponentName }>>;
}

/** Editors publish at a desk, a queue takes it, workers print it into a table, which readers read at the desk. */
export function newsroom({ seed = "newsroom", workers = ["reed", "kelp"], queue = {}, worker = {}, desk = {}, more = {} }: NewsroomSetup = {}): Yard {
  return new Yard({
    seed,
    zones: 2,
    linkMs: 1,
    machines: { desk: {}, oak: {}, elm: {}, moss: {}, pike: {}, reed: { zone: "B" }, kelp: { zone: "B" }, birch: { zone: "B" } },
    components: {
      articles: { kind: "table", on: ["moss"] },
      editions: { kind: "queue", on: ["oak", "elm"], partitions: 4, sessionTimeout: "1s", ...queue },
      printers: { kind: "worker", on: workers, from: "editions", calls: "articles", heartbeat: "200ms", ...worker },
      newsroom: { kind: "cqrs", on: ["desk"], commands: "editions", queries: "articles", ...desk },
      ...more,
    },
  });
}

/** Clients who publish under so many keys; the answer names them. */
export function editors(yard: Yard, perSecond: number, untilMs: number, { keys = 20, fromMs = 0 } = {}): number {
  return yard.ask({ via: "newsroom", to: "newsroom", kind: "publish", perSecond, fromMs, untilMs, keys, giveUpMs: 5_000 });
}

/** Clients who read; the answer names them. */
export function readers(yard: Yard, perSecond: number, fromMs: number, untilMs: number, keys = 20): number {
  return yard.ask({ via: "newsroom", to: "newsroom", kind: "read", perSecond, fromMs, untilMs, keys, giveUpMs: 5_000 });
}

/** A figure of all instances of a component together. */
export function total(yard: Yard, component: string, gauge: string): number {
  return yard.get(component).instances.reduce((sum, _, instance) => sum + yard.gauge(component, gauge, instance), 0);
}

/** Gives an order of a component. */
export function order(yard: Yard, component: string, verb: string): void {
  const found = yard.get(component).orders?.find((one) => one.verb === verb);
  if (found === undefined) throw new Error(`${component} takes no order to ${verb}`);
  found.run();
}
