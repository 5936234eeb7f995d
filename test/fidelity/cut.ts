import { invariant } from "../../shared/core/invariant.ts";
import { isRefusal } from "../../shared/core/refusal.ts";
import { US_PER_SECOND } from "../../shared/core/time.ts";
import type { Operation } from "../../shared/history/operation.ts";
import { parseLevel } from "../../shared/level/parse.ts";
import type { Level } from "../../shared/level/schema.ts";
import { Match } from "../../shared/match/match.ts";
import { ROLES } from "../../shared/match/roles.ts";
import type { DialStopView } from "../../shared/match/view.ts";

/** A store in two zones that a full partition parts for good, with clients who read and write on both sides. */
export interface CutSetup {
  /** The store's lines in a level file, without its nodes. */
  readonly store: Readonly<Record<string, unknown>>;
  /** Replicas on side A and on side B. */
  readonly sides: readonly [number, number];
  /** An operator makes a replica of side B primary once the cut is there. */
  readonly promotes: boolean;
  readonly seed: string;
}

/** What came of the requests during the cut, after everybody had time to notice it. */
export interface CutFigures {
  /** Share of the requests of both sides that were answered. */
  readonly answered: number;
  /** The same by side and kind. */
  readonly by: Readonly<Record<"A" | "B", Readonly<Record<"read" | "write", number>>>>;
  readonly linearizable: boolean;
  /** What the dial says of clients on the side without primary, leader or quorum. */
  readonly predicted: Pick<DialStopView, "cutOffReads" | "cutOffWrites">;
  /** Pairs in which a write was acknowledged on one side before a read of its key began on the other. */
  readonly crossings: number;
}

const CUT_SECONDS = 6;
/** Elections, promotions and health checks are over by then. */
const SETTLED_SECONDS = 16;
const END_SECONDS = 22;
/** Two keys, so that a written one is read on the other side within milliseconds. */
const KEYS = 2;

function levelOf({ store, sides: [a, b] }: CutSetup): Level {
  const names = (zone: string, count: number) => Array.from({ length: count }, (_, place) => `${zone}${place}`);
  const [left, right] = [names("a", a), names("b", b)];
  const zoneOf = (name: string) => ({ zone: name.startsWith("a") ? "A" : "B" });
  const nodes = Object.fromEntries([...left, ...right].map((name) => [name, zoneOf(name)]));
  const line = { from: ["A", "B"], to: "ledger", rate: "25/s" };
  const text = JSON.stringify({
    version: 1,
    title: "Cut",
    teaches: ["C1"],
    operators: "1-4",
    lasts: `${END_SECONDS}s`,
    briefing: "Two zones, and nothing between them.",
    zones: ["A", "B"],
    links: { "A-B": { p50: "8ms", p99: "20ms" } },
    nodes,
    components: {
      edge: { kind: "balancer", in: ["A", "B"], to: "ledger" },
      ledger: { kind: "store", on: [...left, ...right], keys: KEYS, ...store },
      watch: { kind: "monitor", in: "B" },
    },
    workload: [
      { ...line, op: "write" },
      { ...line, op: "read" },
    ],
    contract: { ledger: { guarantee: "linearizable", wrongCosts: 1, answerWithin: "1s", giveUpAfter: "3s" } },
    slo: { availability: "100%", correctness: "100%" },
    faults: [{ at: `${CUT_SECONDS}s`, kind: "partition", sides: [["A"], ["B"]], sealed: true }],
    verbs: ["promote"],
    budget: 100,
    par: { spend: 100 },
    policies: { reference: [] },
    gates: { loses: ["idle"], taught: "promote" },
    debrief: "That was a cut.",
  });
  const level = parseLevel(text, "cut.yaml");
  if (isRefusal(level)) throw new Error(level.sentence);
  return level;
}

/** Plays such a match and looks at its history, as a client could. */
export function playCut(setup: CutSetup): CutFigures {
  const match = new Match(levelOf(setup), setup.seed, [{ name: "Robin", roles: ROLES }]);
  while (!match.over) {
    if (setup.promotes && match.clockMs === (CUT_SECONDS + 3) * 1_000) {
      const answer = match.intend(0, { verb: "promote", store: "ledger", node: "b0" });
      invariant(!isRefusal(answer), `cut: ${isRefusal(answer) ? answer.sentence : ""}`);
    }
    match.advance();
  }
  const { history } = match.record;
  const ledger = match.view(0).components.find(({ name }) => name === "ledger");
  const zone = (operation: Operation) => match.record.zoneOf(operation.id);
  const inCut = [...history].filter(({ invokedAtUs }) => invokedAtUs >= SETTLED_SECONDS * US_PER_SECOND);
  const answeredOf = (operations: readonly Operation[]) =>
    operations.filter(({ outcome }) => outcome === "ok").length / operations.length;
  const by = (side: number) => ({
    read: answeredOf(inCut.filter((it) => zone(it) === side && it.kind === "read")),
    write: answeredOf(inCut.filter((it) => zone(it) === side && it.kind === "write")),
  });
  return {
    answered: answeredOf(inCut),
    by: { A: by(0), B: by(1) },
    predicted: ledger!.dial!.stops[0]!,
    linearizable: match.record.verdict("ledger").outcome === "valid",
    crossings: crossingsOf(inCut, zone),
  };
}

function crossingsOf(operations: readonly Operation[], zone: (operation: Operation) => number): number {
  const writes = operations.filter(({ kind, outcome }) => kind === "write" && outcome === "ok");
  const reads = operations.filter(({ kind, outcome }) => kind === "read" && outcome === "ok");
  return reads.filter((read) =>
    writes.some((it) => it.key === read.key && zone(it) !== zone(read) && it.completedAtUs < read.invokedAtUs),
  ).length;
}
