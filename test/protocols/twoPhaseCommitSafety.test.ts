import { describe, expect, test } from "vitest";
import { invariant } from "../../shared/core/invariant.ts";
import { pick, RandomStreams, type Stream } from "../../shared/core/random.ts";
import { inDoubt } from "../../shared/protocols/twoPhaseCommit/state.ts";
import { COMMIT_CONFIG, CommitGroup, type Errand } from "./commitGroup.ts";
import { failures } from "./replay.ts";
import { FOUL_WEATHER } from "./weather.ts";

const FILE = "twoPhaseCommitSafety.test.ts";
const SITES = 4;
const totals = { committed: 0, aborted: 0, crashes: 0, inDoubt: 0 };

/** No transaction is committed at one site and aborted at another, nor told to have ended the other way. */
function atomic(group: CommitGroup): void {
  const ends = new Map<string, boolean>();
  const note = (transaction: string, commit: boolean): void => {
    const known = ends.get(transaction) ?? commit;
    invariant(known === commit, `atomicity: ${transaction} is committed at one site and aborted at another`);
    ends.set(transaction, commit);
  };
  for (const [transaction, { commit }] of group.decided) note(transaction, commit);
  for (const { state, committed } of group.sites) {
    for (const [transaction, commit] of state.outcomes) note(transaction, commit);
    for (const transaction of committed) note(transaction, true);
  }
}

/** Four seconds in which sites crash, come back and don't hear one another while transactions begin; then peace. */
function soak(seed: string, cooperative: boolean): void {
  const group = new CommitGroup(SITES, { seed, weather: FOUL_WEATHER, config: { ...COMMIT_CONFIG, cooperative } });
  const luck = new RandomStreams(seed).stream("troubles", "all");
  group.afterEvent = () => atomic(group);
  for (let atMs = 5; atMs < 4_000; atMs += 20 + luck() * 120) group.later(atMs, () => beginSome(group, luck));
  for (let atMs = 50; atMs < 4_000; atMs += 50 + luck() * 300) group.later(atMs, () => strike(group, luck));
  group.run(4_000);
  totals.inDoubt += group.sites.reduce((sum, { state }) => sum + inDoubt(state).length, 0);
  group.heal();
  for (let site = 0; site < SITES; site++) group.restart(site);
  group.run(6_000);
  for (const { state, locks } of group.sites) {
    invariant(inDoubt(state).length === 0, "liveness: a site is in doubt after healing");
    invariant(locks.size === 0, "liveness: a lock is held after healing");
    invariant(state.coordinated.size === 0, "liveness: a coordinator waits after healing");
  }
  for (const { commit } of group.decided.values()) totals[commit ? "committed" : "aborted"] += 1;
}

function beginSome(group: CommitGroup, luck: Stream): void {
  const coordinator = pick(luck, SITES);
  const works = new Map<number, Errand>();
  for (let site = 0; site < SITES; site++) {
    if (luck() < 0.6) works.set(site, { needs: `account ${pick(luck, 6)}`, willing: luck() < 0.95 });
  }
  if (group.sites[coordinator]!.isUp && works.size > 0) group.begin(coordinator, works);
}

function strike(group: CommitGroup, luck: Stream): void {
  const what = luck();
  const site = pick(luck, SITES);
  if (what < 0.4) {
    totals.crashes += 1;
    group.crash(site);
    group.later(20 + luck() * 900, () => group.restart(site));
  } else if (what < 0.7) {
    for (let other = 0; other < SITES; other++) if (luck() < 0.5) group.cut(site, other);
  } else group.heal();
}

describe("two-phase commit in random schedules", () => {
  test("is atomic whatever happens, and nobody stays in doubt once everything is back", () => {
    expect(failures(FILE, 250, (seed) => soak(seed, true))).toEqual([]);
  });

  test("is as safe without cooperative termination", () => {
    expect(failures(FILE, 150, (seed) => soak(`alone/${seed}`, false))).toEqual([]);
  });

  test("the schedules were eventful: many commits, many aborts, many crashes, and some in doubt", () => {
    if (process.env["SEED"] !== undefined) return;
    expect(totals.committed).toBeGreaterThan(1_000);
    expect(totals.aborted).toBeGreaterThan(1_000);
    expect(totals.crashes).toBeGreaterThan(1_000);
    expect(totals.inDoubt).toBeGreaterThan(50);
  });
});
