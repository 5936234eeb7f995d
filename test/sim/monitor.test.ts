import { describe, expect, test } from "vitest";
import type { Affliction } from "../../shared/sim/lane.ts";
import type { LinkView } from "../../shared/match/view.ts";
import { Match } from "../../shared/match/match.ts";
import { crewOf } from "../match/play.ts";
import { readLevel } from "../match/level.ts";

/** Zones A, B and C; the monitor stands in B. Its own faults are left out. */
const CALM = { ...readLevel("test/levels/01-short-cut.yaml"), faults: [] };
const [A, B, C] = [0, 1, 2] as const;
const SICK = 9;

function begin(): Match {
  return new Match(CALM, "monitor", crewOf(1));
}

/** Afflicts one direction of the backbone. */
function afflict(match: Match, from: number, to: number, affliction: Omit<Affliction, "trouble">): void {
  match.cluster.world.network.lane(from, to).afflict(SICK, { ...affliction, trouble: "sick" });
}

/** What operators see of a link after so many more seconds. */
function linkAfter(match: Match, seconds: number, a: number, b: number): LinkView {
  for (let tick = 0; tick < seconds * 20; tick++) match.advance();
  return match.view(0).links.find((link) => link.a === a && link.b === b)!;
}

describe("the probes of the monitor", () => {
  test("find nothing wrong with links that are well, and their round trip is that of the level", () => {
    const { aToB, bToA, loss, roundTripMs } = linkAfter(begin(), 10, A, B);
    expect([aToB, bToA, loss]).toEqual(["ok", "ok", 0]);
    // Median 10 ms each way, and a mean a little above.
    expect(roundTripMs).toBeGreaterThan(17);
    expect(roundTripMs).toBeLessThan(32);
  });

  test("tell a lossy lane from the one beside it, and about how much it loses", () => {
    const match = begin();
    afflict(match, A, C, { loss: 0.5 });
    const losses = Array.from({ length: 6 }, () => linkAfter(match, 5, A, C));
    expect(losses.slice(1).map(({ aToB, bToA }) => [aToB, bToA])).toEqual(losses.slice(1).map(() => ["lossy", "ok"]));
    const mean = losses.slice(1).reduce((sum, { loss }) => sum + loss, 0) / 5;
    expect(mean).toBeGreaterThan(0.3);
    expect(mean).toBeLessThan(0.7);
  });

  test("tell a slow lane, and that it is slow both ways only when it is", () => {
    const match = begin();
    afflict(match, B, C, { slowdown: 8 });
    const link = linkAfter(match, 8, B, C);
    expect([link.aToB, link.bToA]).toEqual(["slow", "ok"]);
    expect(link.roundTripMs).toBeGreaterThan(70);
    expect(linkAfter(match, 1, A, B).aToB).toBe("ok");
  });

  test("see a one-way cut as one way, and that it heals", () => {
    const match = begin();
    linkAfter(match, 5, A, C);
    afflict(match, A, C, { cut: true });
    const cut = linkAfter(match, 6, A, C);
    expect([cut.aToB, cut.bToA]).toEqual(["cut", "ok"]);
    match.cluster.world.network.lane(A, C).relieve(SICK);
    const healed = linkAfter(match, 12, A, C);
    expect([healed.aToB, healed.bToA]).toEqual(["ok", "ok"]);
  });

  test("know nothing of lanes into a zone whose prober they can't ask", () => {
    const match = begin();
    linkAfter(match, 5, A, C);
    for (const [from, to] of [
      [A, B],
      [B, A],
    ] as const)
      afflict(match, from, to, { cut: true });
    const far = linkAfter(match, 8, A, C);
    // C hears A well and says so; what A hears of C nobody can ask it.
    expect([far.aToB, far.bToA]).toEqual(["ok", "unknown"]);
    expect(match.view(0).links[0]).toMatchObject({ aToB: "cut", bToA: "unknown" });
  });

  test("lose what the link loses: scrapes travel the same network as everything else", () => {
    const match = begin();
    const oak = (): number => match.view(0).nodes[0]!.lastSeenMsAgo;
    linkAfter(match, 5, A, B);
    expect(oak()).toBeLessThanOrEqual(1_000);
    afflict(match, B, A, { loss: 0.9 });
    let oldest = 0;
    for (let second = 0; second < 20; second++) {
      linkAfter(match, 1, A, B);
      oldest = Math.max(oldest, oak());
    }
    expect(oldest).toBeGreaterThanOrEqual(3_000);
  });
});
