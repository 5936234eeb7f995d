import { pick, RandomStreams } from "../../shared/core/random.ts";
import type { Level } from "../../shared/level/schema.ts";
import type { Match } from "../../shared/match/match.ts";
import { Match as Played } from "../../shared/match/match.ts";
import { crewOf } from "../match/play.ts";

/** Seeds "0" to `count − 1`, or only the one that the environment names. */
function seedsOf(count: number): string[] {
  const only = process.env["SEED"];
  return only === undefined ? Array.from({ length: count }, (_, seed) => String(seed)) : [only];
}

/** Runs a property for each seed until one fails: nothing, or what failed and the line that replays it. */
export function failures(file: string, count: number, run: (seed: string) => void): string[] {
  for (const seed of seedsOf(count)) {
    try {
      run(seed);
    } catch (cause) {
      const what = cause instanceof Error ? cause.message : String(cause);
      return [`seed ${seed}: ${what}`, `replay: SEED=${seed} npx vitest run test/property/${file}`];
    }
  }
  return [];
}

/**
 * Plays a level in which machines crash, pause and come back, and links lose messages, repeat them or are cut, from 1 s to
 * `calmAtMs`; then everything is well until the end.
 */
export function playTroubled(level: Level, seed: string, calmAtMs: number): Match {
  const match = new Played(level, seed, crewOf(1));
  const luck = new RandomStreams(seed).stream("troubles", "all");
  let nextTick = 20;
  while (!match.over) {
    if (match.tick === nextTick && match.tick * 50 < calmAtMs) {
      strike(match, luck);
      nextTick += 2 + pick(luck, 12);
    }
    if (match.tick === Math.floor(calmAtMs / 50)) endTroubles(match);
    match.advance();
  }
  return match;
}

function strike({ cluster }: Match, luck: () => number): void {
  const { world } = cluster;
  const machine = world.machines[pick(luck, world.machines.length)]!;
  const what = luck();
  if (what < 0.2) world.crash(machine);
  else if (what < 0.4) for (const one of world.machines) world.restart(one, false);
  else if (what < 0.5) world.pause(machine);
  else if (what < 0.6) world.resume(machine);
  else if (what < 0.75) {
    const zone = pick(luck, cluster.zoneNames.length);
    const oneWay = luck() < 0.4;
    for (const lane of world.network.lanes()) {
      const isOut = lane.from === zone || (lane.to === zone && !oneWay);
      if (isOut && lane.from !== lane.to) lane.afflict(900, { cut: true, trouble: "cut" });
    }
  } else if (what < 0.85)
    for (const lane of world.network.lanes()) lane.afflict(901, { loss: 0.2, duplicate: 0.2, trouble: "loss" });
  else endCuts(cluster);
}

function endCuts({ world }: Match["cluster"]): void {
  for (const lane of world.network.lanes()) for (const fault of [900, 901]) lane.relieve(fault);
}

function endTroubles({ cluster }: Match): void {
  endCuts(cluster);
  for (const machine of cluster.world.machines) {
    cluster.world.resume(machine);
    cluster.world.restart(machine, false);
  }
}
