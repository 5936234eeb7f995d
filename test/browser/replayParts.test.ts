import { describe, expect, test } from "vitest";
import { fitWords } from "../../client/panels/replay/fitted.ts";
import { compare } from "../../client/panels/replay/compare.ts";
import { dispatchesOf, seenByOperators } from "../../client/panels/replay/inFlight.ts";
import { joinedFlows } from "../../client/panels/replay/joinedFlows.ts";
import { eventsOf, lastBefore, nextAfter, stretchesOf, wrongAnswersOf } from "../../client/panels/replay/moments.ts";
import { lastActAt, rowsOf } from "../../client/panels/replay/rows.ts";
import { overlaps } from "../../client/pieces/curve.ts";
import type { Recording } from "../../client/rerun/asks.ts";
import { layChart } from "../../client/scenes/chartLayout.ts";
import { layMessages } from "../../client/scenes/dispatches.ts";
import type { Debrief } from "../../shared/match/debrief.ts";
import { mapView } from "./mapFixture.ts";
import { flow } from "./mapSketch.ts";
import { DEBRIEF } from "./panelsFixture.ts";

const ROW = { name: "staleRead", title: "Stale read", component: "ledger", count: 3, fromMs: 80_000, untilMs: 96_000 };
const TOLD: Debrief = { ...DEBRIEF, anomalies: [{ ...ROW, moments: [80_000, 80_200, 96_000] }] };
const RECORDING: Recording = {
  file: {
    format: "split-brain-match/1",
    simVersion: 2,
    level: { id: "04-two-lamps", version: 1 },
    seed: "KELP",
    crew: DEBRIEF.operators.map(({ name, roles }) => ({ name, roles: [...roles] })),
    ticks: 7_200,
    log: [{ tick: 1_480, operator: 3, intent: { verb: "restart", node: "wren" } }],
    marks: [],
    hash: "",
    score: 812,
  },
  levelText: "",
  levelPath: "",
};

describe("words on a track", () => {
  test("stand after their thing, before it where the next comes too soon, and nowhere without room", () => {
    const at = (share: number, letters = 20): { from: number; to: number; letters: number } => ({
      from: share,
      to: share,
      letters,
    });
    expect(fitWords([at(0.1), at(0.5)], 1_000)).toEqual(["after", "after"]);
    expect(fitWords([at(0.5), at(0.55)], 1_000)).toEqual(["before", "after"]);
    expect(fitWords([at(0.1), at(0.2), at(0.21), at(0.22)], 1_000)).toEqual(["none", "none", "none", "after"]);
    expect(fitWords([at(0.95)], 1_000)).toEqual(["before"]);
  });

  test("never cover each other, however many things there are", () => {
    const extents = Array.from({ length: 24 }, (_, at) => {
      const from = ((at * 37) % 100) / 100;
      return { from, to: from + (at % 3) / 100, letters: (at * 7) % 9 };
    }).toSorted((a, b) => a.from - b.from);
    const sides = fitWords(extents, 1_160);
    let writtenPx = 0;
    for (const [at, side] of sides.entries()) {
      const { from, to, letters } = extents[at]!;
      if (side === "none") continue;
      const startPx = side === "after" ? to * 1_160 : from * 1_160 - letters * 7;
      expect(startPx).toBeGreaterThanOrEqual(writtenPx);
      writtenPx = side === "after" ? startPx + letters * 7 : from * 1_160;
    }
    expect(sides).toContain("after");
  });
});

describe("moments of a replay", () => {
  test("one gets from event to event, and always further", () => {
    const events = eventsOf(TOLD);
    expect(events).toEqual([...new Set(events)].toSorted((a, b) => a - b));
    let at = 0;
    for (let next = nextAfter(events, at); next !== null; next = nextAfter(events, at)) {
      expect(next).toBeGreaterThan(at);
      at = next;
    }
    expect(at).toBe(events.at(-1));
    expect(lastBefore(events, at)).toBe(events.at(-2));
    expect(lastBefore(events, 0)).toBeNull();
  });

  test("wrong answers that follow each other closely are one stretch", () => {
    expect(wrongAnswersOf(TOLD)).toEqual([80_000, 80_200, 96_000]);
    expect(stretchesOf([80_000, 80_200, 96_000], 1_000)).toEqual([
      { fromMs: 80_000, untilMs: 80_200 },
      { fromMs: 96_000, untilMs: 96_000 },
    ]);
  });
});

describe("tracks of a replay", () => {
  test("tell faults, alerts, every operator and every kind of wrong answer", () => {
    const titles = rowsOf(RECORDING, TOLD).map(({ title }) => title);
    expect(titles).toEqual(["Faults", "Alerts", ...DEBRIEF.operators.map(({ name }) => name), "Stale read"]);
    const acts = rowsOf(RECORDING, TOLD).flatMap(({ happenings }) => happenings.filter(({ kind }) => kind === "act"));
    expect(acts).toHaveLength(DEBRIEF.timeline.acts.length);
  });

  test("name the component where two of them gave wrong answers of one name", () => {
    const [first] = TOLD.anomalies;
    const both = { ...TOLD, anomalies: [first!, { ...first!, component: "cart" }] };
    expect(
      rowsOf(RECORDING, both)
        .slice(-2)
        .map(({ title }) => title),
    ).toEqual(["Stale read, ledger", "Stale read, cart"]);
  });

  test("tell what the file's log knows while nothing was played yet", () => {
    const rows = rowsOf(RECORDING, null);
    expect(rows.map(({ title }) => title)).toEqual(DEBRIEF.operators.map(({ name }) => name));
    expect(rows[3]!.happenings).toMatchObject([{ kind: "act", fromMs: 74_000, words: "restart wren" }]);
  });

  test("the line under the clock says the last act, and that it was refused", () => {
    const rows = rowsOf(RECORDING, TOLD);
    expect(lastActAt(rows, 73_000)).toBe("");
    expect(lastActAt(rows, 74_000)).toMatch(/^01:14 .+ restarts Wren$/);
    expect(lastActAt(rows, 290_000)).toMatch(/^04:41 .+ promotes Elm in ledger \(refused\)$/);
  });
});

describe("two accounts of a place", () => {
  test("say where monitoring differs from the truth", () => {
    const monitoring = mapView("partition");
    const truth = {
      ...monitoring,
      nodes: monitoring.nodes.map((node) => ({ ...node, status: "up" as const, lastSeenMsAgo: 0 })),
    };
    const reed = compare({ truth, monitoring }, "n5");
    expect(reed.title).toBe("Reed");
    expect(reed.figures.slice(0, 2)).toEqual([
      { name: "State", truth: "up", monitoring: "unknown" },
      { name: "Last seen", truth: "now", monitoring: "4 s ago" },
    ]);
    expect(compare({ truth, monitoring }, "n4").figures.at(-1)).toMatchObject({
      name: "ledger",
      truth: "follower, term 4, 812 behind",
    });
    expect(
      compare({ truth, monitoring }, "l1")
        .figures.slice(0, 2)
        .map(({ truth: lane }) => lane),
    ).toEqual(["cut", "cut"]);
    expect(compare({ truth, monitoring }, "z0")).toMatchObject({
      title: "Clients of Zone A",
      figures: [{ truth: "47/s" }, {}, { truth: "Zone A" }],
    });
  });
});

describe("messages in flight", () => {
  const message = {
    from: "z0",
    to: "n0",
    words: "write 40",
    sentAtMs: 1_000,
    arrivesAtMs: 1_100,
    fate: "arrived" as const,
  };
  const copy = { ...message, from: "n0", to: "n5", words: "copy 40", fate: "cut" as const };

  test("on one way share an arrow, and what is lost is told apart", () => {
    expect(dispatchesOf([message, { ...message, words: "write 41" }, copy], 1_050)).toEqual([
      { from: "n0", to: "n5", words: "copy 40", kind: "write", failed: true, flown: 0.5 },
      { from: "z0", to: "n0", words: "write 40 +1", kind: "write", failed: false, flown: 0.5 },
    ]);
  });

  test("operators know nothing of what is lost, or of nodes that monitoring can't reach", () => {
    const toReed = { ...message, to: "n5" };
    expect(seenByOperators([message, copy, toReed], mapView("partition"))).toEqual([message]);
  });

  test("are arrows whose plates cover no name and no other plate, on any screen", () => {
    const view = mapView("partition");
    const ways = ["z0 n0", "z1 n3", "z2 n5", "n0 n2", "n2 n0", "n0 n4", "n1 n0", "n3 n0"];
    const dispatches = ways.map((way) => {
      const [from = "", to = ""] = way.split(" ");
      return { from, to, words: `write ${from}`, kind: "write" as const, failed: to === "n4", flown: 0.5 };
    });
    for (const [width, height] of [
      [690, 320],
      [1_040, 628],
      [366, 300],
    ] as const) {
      const layout = layChart(view, width, height);
      const arrows = layMessages(layout, dispatches, null);
      expect(arrows).toHaveLength(ways.length);
      expect(arrows.filter(({ endsAt }) => endsAt !== null)).toHaveLength(1);
      const plates = arrows
        .filter(({ words }) => words !== "")
        .map(({ plateAt: { x, y } }) => ({ left: x - 30, right: x + 30, top: y - 8, bottom: y + 8 }));
      expect(plates.length, `on ${width} pixels`).toBeGreaterThan(1);
      for (const [at, plate] of plates.entries()) {
        expect(plates.slice(at + 1).filter((other) => overlaps(plate, other))).toEqual([]);
        expect(layout.zones.filter(({ labelBox }) => overlaps(plate, labelBox))).toEqual([]);
      }
    }
  });
});

describe("flows of several frames", () => {
  test("are summed by their way", () => {
    const joined = joinedFlows([
      [flow("z0", "n1", 3, 1)],
      [flow("z0", "n1", 2, 1, { lost: 1 }), flow("n0", "n2", 0, 0)],
    ]);
    expect(joined).toMatchObject([
      { reads: 5, writes: 2, lost: 1 },
      { from: "n0", to: "n2" },
    ]);
  });
});
