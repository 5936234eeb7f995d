import { describe, expect, test } from "vitest";
import { PROBES } from "../../shared/components/membership/agent.ts";
import { membership } from "../../shared/components/membership/membership.ts";
import { playTo, watched, type Watched } from "./watchedLevel.ts";

const CALM_HEARTBEAT = "detector: heartbeat, interval: 500ms, timeout: 3s";

/** Names of the nodes that somebody's agent does not trust. */
function suspected({ match, peers }: Watched): string[] {
  return match.cluster.nodeNames.filter((_, node) => peers.suspectedBy(node).length > 0);
}

function requestsTo({ match }: Watched, name: string, seconds: number): number {
  let requests = 0;
  const place = `n${match.cluster.node(name)}`;
  const untilMs = match.clockMs + seconds * 1_000;
  while (match.clockMs < untilMs) {
    match.advance();
    if (match.tick % 2 !== 0) continue;
    for (const flow of match.view(0).flows)
      if (flow.from.startsWith("z") && flow.to === place) requests += flow.reads + flow.writes;
  }
  return requests;
}

describe("agents over the network of the game", () => {
  test("a pause shorter than the timeout is not taken for a death", () => {
    const short = watched({ agents: CALM_HEARTBEAT, faults: ["{ at: 5s, kind: pause, node: elm, for: 2s }"] });
    playTo(short.match, 40);
    expect(short.suspicions()).toBe(0);
  });

  test("a pause longer than the timeout is, until it ends", () => {
    const long = watched({ agents: CALM_HEARTBEAT, faults: ["{ at: 5s, kind: pause, node: elm, for: 6s }"] });
    playTo(long.match, 7);
    expect(suspected(long)).toEqual([]);
    playTo(long.match, 10);
    expect(suspected(long)).toEqual(["elm"]);
    playTo(long.match, 20);
    expect(suspected(long)).toEqual([]);
  });

  test.each(["heartbeat", "phiAccrual", "swim"])(
    "by %s both sides of a cut suspect each other, and nobody else",
    (detector) => {
      const cut = watched({
        agents: `detector: ${detector}`,
        faults: ["{ at: 5s, kind: partition, sides: [[A], [B, C]], for: 15s }"],
      });
      playTo(cut.match, 19);
      const by = (name: string): string[] =>
        cut.peers.suspectedBy(cut.match.cluster.node(name)).map((node) => cut.match.cluster.nodeNames[node]!);
      expect([by("oak"), by("elm"), by("moss")]).toEqual([["elm", "moss"], ["oak"], ["oak"]]);
      playTo(cut.match, 35);
      expect(suspected(cut)).toEqual([]);
    },
  );

  test("one way cut: the others suspect a node that hears them well and suspects nobody", () => {
    const cut = watched({
      agents: CALM_HEARTBEAT,
      faults: ["{ at: 5s, kind: partition, sides: [[A], [B, C]], oneWay: true, for: 15s }"],
    });
    playTo(cut.match, 19);
    const [oak, elm, moss] = cut.peers.agents;
    expect([oak!.suspects(), elm!.suspects(), moss!.suspects()]).toEqual([0, 1, 1]);
    expect(suspected(cut)).toEqual(["oak"]);
  });

  test("a fenced node is silent, so it is suspected", () => {
    const calm = watched({ agents: CALM_HEARTBEAT });
    playTo(calm.match, 5);
    calm.match.cluster.world.machines[calm.match.cluster.node("moss")]!.fenced = true;
    playTo(calm.match, 10);
    expect(calm.peers.suspectedBy(calm.match.cluster.node("moss")).length).toBe(2);
  });

  test("operators turn the detector's own dials, and see by its gauges how many are suspected", () => {
    const calm = watched({ agents: "detector: phiAccrual" });
    expect(calm.peers.settings!.map(({ name }) => name)).toEqual([
      "threshold",
      "acceptablePause",
      "suspicion",
      "probe",
      "readyBelow",
    ]);
    const threshold = calm.peers.settings!.find(({ name }) => name === "threshold")!;
    threshold.set(3);
    expect([threshold.get(), calm.peers.group.settings.threshold]).toEqual([3, 3]);
    playTo(calm.match, 5);
    calm.match.cluster.world.crash(calm.match.cluster.world.machines[0]!);
    playTo(calm.match, 15);
    const gauges = calm.match.view(0).components.find(({ name }) => name === "peers")!.gauges;
    expect(gauges.find(({ name }) => name === "suspected")!.value).toBe(1);
  });

  test("a patience that can't work is refused with the level", () => {
    const read = (lines: object) => {
      const base = { kind: "membership", on: ["oak", "elm"] };
      return membership.problems!(membership.config.parse({ ...base, ...lines }));
    };
    expect(read({ detector: "heartbeat", interval: "2s", timeout: "1s" })).toEqual([
      "timeout: expected more than the interval between heartbeats",
    ]);
    expect(read({ detector: "swim", interval: "1s", pingTimeout: "800ms" })).toEqual([
      "pingTimeout: expected at most half the interval",
    ]);
    expect(read({ detector: "swim", on: ["oak", "oak"] })).toEqual(["on: a node stands there twice"]);
    expect(read({ detector: "phiAccrual" })).toEqual([]);
  });
});

describe("a balancer that goes by a membership", () => {
  /** Plays forty seconds with a lossy link all the time and a crash at 15 s. */
  function play(timeout: string): { falseAlarms: number; lost: number } {
    const run = watched({
      agents: `detector: heartbeat, interval: 250ms, timeout: ${timeout}`,
      edge: "health: peers, healthCheck: 250ms, local: false",
      ledger: "dial: [eventual], primary: oak",
      faults: [
        "{ at: 2s, kind: lossyLink, between: [B, C], loss: 30% }",
        "{ at: 15s, kind: crash, node: moss, for: 20s }",
      ],
    });
    playTo(run.match, 14);
    const falseAlarms = run.suspicions();
    playTo(run.match, 40);
    const late = [...run.match.record.history].filter(
      ({ invokedAtUs, kind }) => kind === "read" && invokedAtUs > 15e6 && invokedAtUs < 25e6,
    );
    return { falseAlarms, lost: late.filter(({ outcome }) => outcome === "unknown").length };
  }

  test("a fast detector flaps on a lossy link where a slow one lets users wait", () => {
    const fast = play("500ms");
    const slow = play("6s");
    const figures = JSON.stringify({ fast, slow });
    expect(slow.falseAlarms, figures).toBe(0);
    expect(fast.falseAlarms, figures).toBeGreaterThan(5);
    expect(slow.lost, figures).toBeGreaterThan(2 * fast.lost);
  });

  test("sends nothing to a node that most agents suspect, and comes back to it", () => {
    const run = watched({
      agents: CALM_HEARTBEAT,
      edge: "health: peers, local: false",
      faults: ["{ at: 5s, kind: crash, node: moss, for: 15s }"],
    });
    playTo(run.match, 12);
    expect(requestsTo(run, "moss", 5)).toBe(0);
    playTo(run.match, 25);
    expect(requestsTo(run, "moss", 5)).toBeGreaterThan(20);
  });

  test("cut off with one agent, believes that one: it serves its own zone", () => {
    const run = watched({
      agents: CALM_HEARTBEAT,
      edge: "health: peers, local: false",
      ledger: "dial: [eventual], primary: oak",
      faults: ["{ at: 5s, kind: partition, sides: [[C], [A, B]], sealed: true, for: 20s }"],
    });
    playTo(run.match, 12);
    expect(requestsTo(run, "moss", 3)).toBeGreaterThan(60);
    playTo(run.match, 24);
    const reads = [...run.match.record.history].filter(
      ({ kind, invokedAtUs, completedAtUs }) => kind === "read" && invokedAtUs > 12e6 && completedAtUs < 24e6,
    );
    expect(reads.length).toBeGreaterThan(400);
    expect(reads.filter(({ outcome }) => outcome !== "ok")).toEqual([]);
  });

  test("by readiness leaves out a node with a long queue, which by liveness is as good as any", () => {
    const under = (probe: string): { requests: number; waiting: number } => {
      const run = watched({
        agents: `${CALM_HEARTBEAT}, probe: ${probe}, readyBelow: 5`,
        edge: "health: peers, healthCheck: 200ms, local: false",
        ledger: "dial: [eventual], primary: oak",
        faults: ["{ at: 5s, kind: slowMachine, node: moss, times: 100 }"],
        writesPerSecond: 20,
      });
      playTo(run.match, 15);
      expect(suspected(run)).toEqual([]);
      const moss = run.match.cluster.world.machines[run.match.cluster.node("moss")]!;
      return { requests: requestsTo(run, "moss", 10), waiting: moss.queueDepth };
    };
    const [liveness, readiness] = PROBES.map(under) as [ReturnType<typeof under>, ReturnType<typeof under>];
    const figures = JSON.stringify({ liveness, readiness });
    expect(readiness.requests, figures).toBeLessThan(liveness.requests / 2);
    expect(liveness.waiting, figures).toBeGreaterThan(100);
    expect(readiness.waiting, figures).toBeLessThan(30);
  });
});
