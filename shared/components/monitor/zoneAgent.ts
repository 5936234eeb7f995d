import { msOf, type Ms, type Us } from "../../core/time.ts";
import { FLOW } from "../../sim/flows.ts";
import { CHANNEL, type Process, type ProcessId } from "../../sim/process.ts";
import type { World } from "../../sim/world.ts";

const TIMER_PROBE = 0;
/** Time between two probes on a lane. */
const PROBE_US: Us = 250_000;
/** Probes that loss is judged by. */
const WINDOW = 20;

/** A probe between zones; agents keep good time, so its age on arrival is the one-way delay. */
interface LaneProbe {
  readonly type: "laneProbe";
  readonly zone: number;
  readonly sequence: number;
  readonly sentAtUs: Us;
}

/** What a zone hears from another zone. */
export interface LaneReport {
  readonly from: number;
  /** Share of the last 20 probes that never came, 0 to 1. */
  readonly loss: number;
  readonly delayMs: Ms;
  readonly lastHeardUs: Us;
  /** Share of the last 20 probes that came again, or after a later one, 0 to 1. */
  readonly muddled: number;
}

interface Heard {
  /** Newest sequence number, and which of the last ones arrived. */
  newest: number;
  arrived: number[];
  /** Those that came again, or after a later one. */
  muddled: number[];
  delayMs: Ms;
  lastHeardUs: Us;
}

/** The prober of a zone: sends a probe to every other zone four times a second, and keeps book of those it hears. */
export class ZoneAgent implements Process {
  readonly #world: World;
  readonly #self: ProcessId;
  readonly #zone: number;
  readonly #peers: ProcessId[] = [];
  readonly #heard: Heard[];
  #sequence = 0;

  constructor(world: World, self: ProcessId, zone: number) {
    this.#world = world;
    this.#self = self;
    this.#zone = zone;
    this.#heard = Array.from({ length: world.network.zones }, () => ({ newest: 0, arrived: [], muddled: [], delayMs: 0, lastHeardUs: 0 }));
  }

  /** Begins once the agents of all zones exist. */
  begin(peers: readonly ProcessId[]): void {
    this.#peers.push(...peers.filter((peer) => peer !== this.#self));
    if (this.#peers.length > 0) this.#world.setTimer(this.#self, TIMER_PROBE, PROBE_US);
  }

  receive(_from: ProcessId, message: unknown): void {
    const probe = message as LaneProbe;
    const heard = this.#heard[probe.zone]!;
    const muddled = heard.arrived.includes(probe.sequence) || probe.sequence < heard.newest;
    heard.newest = Math.max(heard.newest, probe.sequence);
    const kept = (sequences: readonly number[]) => sequences.filter((sequence) => sequence > heard.newest - 2 * WINDOW);
    if (muddled) heard.muddled = [...kept(heard.muddled), probe.sequence];
    if (heard.arrived.includes(probe.sequence)) return;
    heard.arrived = [...kept(heard.arrived), probe.sequence];
    heard.delayMs += (msOf(this.#world.kernel.nowUs - probe.sentAtUs) - heard.delayMs) / Math.min(heard.arrived.length, 8);
    heard.lastHeardUs = this.#world.kernel.nowUs;
  }

  timer(): void {
    this.#sequence++;
    const probe: LaneProbe = { type: "laneProbe", zone: this.#zone, sequence: this.#sequence, sentAtUs: this.#world.kernel.nowUs };
    for (const peer of this.#peers) this.#world.send(this.#self, peer, probe, CHANNEL.requests, -1, FLOW.none);
    this.#world.setTimer(this.#self, TIMER_PROBE, PROBE_US);
  }

  workDone(): void {}
  synced(): void {}
  crashed(): void {}
  restarted(): void {}

  /** What this zone hears now. All agents began at the same time, so the own sequence tells how many should have come. */
  report(): LaneReport[] {
    return this.#heard.flatMap((heard, from) => {
      if (from === this.#zone) return [];
      // The newest probes may still be under way.
      const due = this.#sequence - 2;
      const expected = Math.min(due, WINDOW);
      const came = heard.arrived.filter((sequence) => sequence > due - WINDOW && sequence <= due).length;
      const loss = expected > 0 ? Math.max(0, 1 - came / expected) : 0;
      const muddled = heard.muddled.filter((sequence) => sequence > due - WINDOW).length / WINDOW;
      return [{ from, loss, delayMs: heard.delayMs, lastHeardUs: heard.lastHeardUs, muddled }];
    });
  }
}
