import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Level } from "../../shared/level/schema.ts";
import type { Match } from "../../shared/match/match.ts";
import { type TrueParts, Truth } from "../../shared/match/truth.ts";
import type { NodeStatus, View } from "../../shared/match/view.ts";
import { ROOT } from "../importsOf.ts";
import { ALL_WEATHERS, levelFrom } from "./level.ts";
import { play } from "./play.ts";

const SHORT_CUT = readFileSync(join(ROOT, "test/levels/01-short-cut.yaml"), "utf8");

/** The short cut with another fault: Oak is in zone A, the monitor in zone B. */
function withFault(line: string): Level {
  return levelFrom(
    SHORT_CUT.replace(/^faults:\n( {2}- .*\n)+/m, `faults:\n  - ${line}\n`),
    "test/levels/01-short-cut.yaml",
  );
}

/** A moment of a match: what was shown, and what was so. */
interface Moment {
  readonly shown: View;
  readonly truth: TrueParts;
}

/** Ten moments of each second of a match. */
function momentsOf(level: Level): Moment[] {
  const moments: Moment[] = [];
  let truth: Truth | undefined;
  const look = (match: Match): void => {
    if (match.tick % 2 !== 0) return;
    truth ??= new Truth(match.cluster);
    const shown = match.view(0);
    moments.push({ shown, truth: truth.look(shown) });
  };
  play(level, { each: look });
  return moments;
}

function between(moments: readonly Moment[], fromMs: number, untilMs: number): Moment[] {
  return moments.filter(({ shown: { clockMs } }) => clockMs >= fromMs && clockMs < untilMs);
}

function oak(nodes: View["nodes"]): NodeStatus {
  return nodes.find(({ name }) => name === "Oak")!.status;
}

/** How long a node took to be in a state, ms after 5 s, in the truth and as shown; −1: never. */
function delays(moments: readonly Moment[], status: NodeStatus): { truth: number; shown: number } {
  const first = (is: (moment: Moment) => boolean): number => (moments.find(is)?.shown.clockMs ?? 4_999) - 5_000;
  return {
    truth: first(({ truth }) => oak(truth.nodes) === status),
    shown: first(({ shown }) => oak(shown.nodes) === status),
  };
}

describe("the truth of a moment", () => {
  test("has a crash as soon as it happens, and monitoring only when scrapes stay away", () => {
    const { truth, shown } = delays(momentsOf(withFault("{ at: 5s, kind: crash, node: oak, for: 10s }")), "crashed");
    expect(truth).toBeLessThanOrEqual(100);
    expect(shown).toBeGreaterThan(1_000);
  });

  test("tells a paused machine from a cut-off one, which look alike to monitoring", () => {
    const paused = momentsOf(withFault("{ at: 5s, kind: pause, node: oak, for: 10s }"));
    const cut = momentsOf(withFault("{ at: 5s, kind: partition, sides: [[A], [B, C]], for: 10s }"));
    for (const [moments, status] of [
      [paused, "paused"],
      [cut, "up"],
    ] as const) {
      const late = between(moments, 9_000, 15_000);
      expect(new Set(late.map(({ shown }) => oak(shown.nodes)))).toEqual(new Set(["unknown"]));
      expect(new Set(late.map(({ truth }) => oak(truth.nodes)))).toEqual(new Set([status]));
    }
  });

  test("has a partition exactly while it is in force; monitoring sees it come late, and go late", () => {
    const moments = momentsOf(withFault("{ at: 5s, kind: partition, sides: [[A], [B, C]], for: 10s }"));
    const times = (is: (moment: Moment) => boolean): [number, number] => {
      const all = moments.filter(is).map(({ shown }) => shown.clockMs);
      return [all[0]!, all.at(-1)!];
    };
    const [begins, ends] = times(({ truth }) => truth.partition !== null);
    const [seen, lastSeen] = times(({ shown }) => shown.partition !== null);
    expect([begins, ends].map((ms) => Math.round(ms / 1_000))).toEqual([5, 15]);
    expect(seen).toBeGreaterThan(begins + 1_000);
    expect(lastSeen).toBeGreaterThan(ends);
    const { truth } = between(moments, 10_000, 10_100)[0]!;
    expect(truth.partition).toMatchObject({ sides: [[1, 2], [0]], oneWay: false });
    expect(truth.links.filter(({ aToB, bToA }) => aToB === "cut" && bToA === "cut")).toHaveLength(2);
  });

  test("knows how busy a machine is that nobody can reach, of which monitoring shows the last that it heard", () => {
    const moments = momentsOf(withFault("{ at: 5s, kind: partition, sides: [[A], [B, C]], for: 20s }"));
    const cutOff = between(moments, 9_000, 20_000);
    const shown = cutOff.map((moment) => moment.shown.nodes[0]!);
    const really = cutOff.map((moment) => moment.truth.nodes[0]!);
    expect(new Set(shown.map(({ utilisation }) => utilisation)).size).toBe(1);
    expect(new Set(really.map(({ utilisation }) => utilisation)).size).toBeGreaterThan(1);
    expect(shown.at(-1)!.lastSeenMsAgo).toBeGreaterThan(10_000);
    expect(really.every(({ lastSeenMsAgo }) => lastSeenMsAgo === 0)).toBe(true);
  });

  test("and monitoring agree on what each machine holds, in the same order, while all is quiet", () => {
    const { shown, truth } = between(momentsOf(ALL_WEATHERS), 2_500, 2_600)[0]!;
    const held = ({ nodes }: Pick<View, "nodes">) =>
      nodes.map(({ replicas }) => replicas.map(({ store, shard, role }) => `${store}/${shard} ${role}`));
    expect(held(truth)).toEqual(held(shown));
    expect(held(truth).flat().length).toBeGreaterThan(6);
  });
});
