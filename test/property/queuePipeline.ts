import type { AnomalyName } from "../../shared/checkers/checker.ts";
import { deliveredOnce } from "../../shared/checkers/deliveredOnce.ts";
import { elementsSeen, wrongs } from "../components/elementsSeen.ts";
import { storm } from "../components/storm.ts";
import { Yard } from "../components/yard.ts";

const MUDDLE = 7_001;

/** How messages are promised to be delivered, and what the workers do about repeated ones. */
export interface PipelineSetup {
  readonly seed: string;
  readonly delivery: "atLeastOnce" | "atMostOnce";
  readonly idempotent: boolean;
  /** Messages come twice and overtake one another all the time. */
  readonly muddled?: boolean;
  /** Attempts to hand a message over, and to write its effect in one delivery. */
  readonly attempts?: number;
}

/** A newsroom in its own zone, two brokers and two workers in two others: publish → queue → workers → table. */
export function pipeline({ seed, delivery, idempotent, attempts = 3 }: PipelineSetup): Yard {
  return new Yard({
    seed,
    zones: 3,
    linkMs: 2,
    machines: { desk: {}, oak: { zone: "B" }, elm: { zone: "C" }, reed: { zone: "B" }, kelp: { zone: "C" }, moss: { zone: "B" } },
    components: {
      articles: { kind: "table", on: ["moss"] },
      editions: { kind: "queue", on: ["oak", "elm"], delivery, maxDeliveries: 100, sessionTimeout: "1s" },
      printers: {
        kind: "worker",
        on: ["reed", "kelp"],
        from: "editions",
        calls: "articles",
        idempotent,
        attempts,
        timeout: "200ms",
        backoff: "50ms",
        heartbeat: "200ms",
      },
      newsroom: { kind: "cqrs", on: ["desk"], commands: "editions", queries: "articles", attempts, timeout: "200ms" },
    },
  });
}

/** What clients saw of a pipeline in six seconds of storm and then of peace: wrong answers by name, and how much was published. */
export function weather(setup: PipelineSetup): { readonly wrong: Partial<Record<AnomalyName, number>>; readonly accepted: number } {
  const yard = pipeline(setup);
  const publishes = yard.ask({ via: "newsroom", to: "newsroom", kind: "publish", perSecond: 40, untilMs: 6_000, keys: 8, giveUpMs: 2_000 });
  if (setup.muddled === true) {
    for (const lane of yard.world.network.lanes()) lane.afflict(MUDDLE, { duplicate: 0.1, reorder: 0.2, reorderMs: 100, trouble: "muddle" });
  }
  const reads = yard.ask({ via: "newsroom", to: "newsroom", kind: "read", perSecond: 20, fromMs: 15_000, untilMs: 20_000, keys: 8 });
  storm(yard, { seed: setup.seed, machines: ["oak", "elm", "reed", "kelp", "moss"], untilMs: 6_000 });
  yard.runUntil(22_000);
  const history = elementsSeen(yard, new Map([[publishes, "publish"], [reads, "read"]]));
  const accepted = history.filter(({ kind, outcome }) => kind === "publish" && outcome === "ok").length;
  return { wrong: wrongs(deliveredOnce, history), accepted };
}
