import type { ComponentName } from "../../shared/components/registry.ts";
import { Yard } from "./yard.ts";

/** How the search index of a shop is fed, and further components. */
export interface ShopSetup {
  readonly seed: string;
  readonly fed: "dualWrite" | "changeFeed";
  readonly index?: Readonly<Record<string, unknown>>;
  readonly more?: Readonly<Record<string, { readonly kind: ComponentName; readonly [line: string]: unknown }>>;
}

/** Goods in a table, and a search index that is derived from them, each in a zone of its own. */
export function shop({ seed, fed, index = {}, more = {} }: ShopSetup): Yard {
  return new Yard({
    seed,
    zones: 3,
    linkMs: 2,
    machines: { desk: {}, oak: { zone: "B" }, elm: { zone: "C" }, reed: { zone: "C" } },
    components: {
      goods: { kind: "table", on: ["oak"] },
      search: { kind: "projection", on: ["elm", "reed"], of: "goods", fed, ...index },
      front: { kind: "cqrs", on: ["desk"], commands: "goods", queries: "search", timeout: "200ms" },
      ...more,
    },
  });
}

/** Clients who put goods on sale, and clients who search for them from a time on; the answer names them. */
export function customers(yard: Yard, { putsUntilMs, searchesFromMs, searchesUntilMs }: { putsUntilMs: number; searchesFromMs: number; searchesUntilMs: number }): { puts: number; searches: number } {
  const puts = yard.ask({ via: "front", to: "front", kind: "publish", perSecond: 40, untilMs: putsUntilMs, keys: 8, giveUpMs: 2_000 });
  const searches = yard.ask({ via: "front", to: "front", kind: "search", perSecond: 20, fromMs: searchesFromMs, untilMs: searchesUntilMs, keys: 8, giveUpMs: 2_000 });
  return { puts, searches };
}
