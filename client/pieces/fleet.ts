import type * as Phaser from "phaser";
import type { FlowView } from "../../shared/match/view.ts";
import type { Cargo } from "./boat.ts";
import type { Stage } from "./stage.ts";
import type { Way } from "./way.ts";

/** More boats than this under way on one route, and one boat stands for ten requests there. */
const MOST_ON_A_ROUTE = 40;
/** Closer than this on average, in chart units, boats would merge into a chain: then too one stands for ten. */
const CLOSEST = 21;
const FLIGHT_MS = 750;
/** Real milliseconds of flight added per millisecond of the route's delay: slow routes are seen to be slow. */
const FLIGHT_PER_DELAY = 8;
const FLIGHT_MAX_MS = 4_500;
const SINK_MS = 1_500;
const WRECKS_PER_WAY = 2;
/** Wrecks drift apart from where they sank, over this many chart units, so that they can be told apart. */
const WRECKS_ACROSS = 56;
const WRECKS_DOWN = 44;
/** Once one boat stands for ten, a route may be this much fuller before one stands for a hundred. */
const FULLER = 2.5;
const CALM_STEPS = 4;
const SHORTEST_PACE_MS = 40;
const LONGEST_PACE_MS = 400;

type Fate = "arrives" | "refused" | "lost";

interface Boat {
  readonly image: Phaser.GameObjects.Image;
  way: Way;
  cargo: Cargo;
  retry: boolean;
  fate: Fate;
  bornMs: number;
  flightMs: number;
  /** Share of the way at which it sinks, where it does. */
  sinksAt: number;
  sunkMs: number;
  swell: number;
  mark: string;
}

interface Traffic {
  /** Fractions of boats still owed, per kind. */
  readonly owed: Record<"read" | "write" | "log" | "retry" | "refused" | "lost", number>;
  /** Requests a second, smoothed. */
  rate: number;
  standsFor: number;
  wrecks: number;
}

/** All boats under way. Each view says how many requests set out since the last; the boats that stand for them sail here. */
export class Fleet {
  private readonly stage: Stage;
  private readonly wayOf: (from: string, to: string) => Way | null;
  private readonly traffic = new Map<Way, Traffic>();
  private readonly sailing: Boat[] = [];
  private readonly harbour: Boat[] = [];
  private clockMs = 0;
  private paceMs = 100;
  private departMs = 0;
  private swells = 0;

  private readonly everyRequest: boolean;

  /** `everyRequest`: one boat for each request however crowded, which is what a bench wants to see. */
  constructor(stage: Stage, wayOf: (from: string, to: string) => Way | null, everyRequest: boolean) {
    this.stage = stage;
    this.wayOf = wayOf;
    this.everyRequest = everyRequest;
  }

  /** Boats under way now, wrecks included. */
  get size(): number {
    return this.sailing.length;
  }

  /** The most requests that one boat stands for anywhere. */
  get standsFor(): number {
    let most = 1;
    for (const traffic of this.traffic.values()) most = Math.max(most, traffic.standsFor);
    return most;
  }

  /**
   * Sends out boats for what a view reports, spread over the time until the next view: `paceMs` of real time between
   * two views, about 100, and `sinceTickMs` of real time since boats were last moved. `stopsAt` tells where on a way a
   * cut stops boats.
   */
  show(flows: readonly FlowView[], pace: { readonly paceMs: number; readonly sinceTickMs: number }, stopsAt: (way: Way) => number | null): void {
    this.departMs = this.clockMs + pace.sinceTickMs;
    const { paceMs } = pace;
    this.paceMs = Math.min(LONGEST_PACE_MS, Math.max(SHORTEST_PACE_MS, paceMs));
    const bound = flows.flatMap((flow) => {
      const way = this.wayOf(flow.from, flow.to);
      return way === null ? [] : [{ flow, way, traffic: this.trafficOn(way) }];
    });
    const crowding = new Map<number, number>();
    for (const { flow, way, traffic } of bound) {
      const rate = (flow.reads + flow.writes + flow.replication) * (1_000 / this.paceMs);
      traffic.rate = traffic.rate === 0 ? rate : traffic.rate + (rate - traffic.rate) * 0.15;
      for (const span of way.spans) crowding.set(span.route, (crowding.get(span.route) ?? 0) + this.crowdOn(flow, way, traffic, span.to - span.from));
    }
    for (const { flow, way, traffic } of bound) {
      const crowded = way.spans.reduce((most, span) => Math.max(most, crowding.get(span.route) ?? 0), this.crowdOn(flow, way, traffic, 1));
      traffic.standsFor = this.everyRequest ? 1 : grain(traffic.standsFor, crowded);
      this.setOut(flow, way, traffic, stopsAt(way));
    }
  }

  /** How full a way's traffic makes a share of it, if every request had a boat: 1 is as many as fit side by side. */
  private crowdOn(flow: FlowView, way: Way, traffic: Traffic, share: number): number {
    const underWay = (traffic.rate * flightOf(flow.delayMs) * share) / 1_000;
    const room = Math.min(MOST_ON_A_ROUTE, Math.max(2, (way.lengthPx * share) / (CLOSEST * this.stage.unit)));
    return underWay / room;
  }

  /** Moves every boat; `deltaMs` of real time, 0 while the match is paused. */
  tick(deltaMs: number): void {
    this.clockMs += deltaMs;
    for (let at = this.sailing.length - 1; at >= 0; at -= 1) {
      const boat = this.sailing[at];
      if (boat === undefined || this.sail(boat)) continue;
      boat.image.setVisible(false);
      this.harbour.push(boat);
      const last = this.sailing.pop();
      if (last !== undefined && last !== boat) this.sailing[at] = last;
    }
  }

  private setOut(flow: FlowView, way: Way, traffic: Traffic, stop: number | null): void {
    const { owed, standsFor } = traffic;
    const requests = flow.reads + flow.writes;
    const shares = { read: flow.reads, write: flow.writes, log: flow.replication } as const;
    if (requests > 0) {
      owed.retry = Math.min(3, owed.retry + flow.retries / standsFor);
      owed.refused = Math.min(3, owed.refused + flow.refused / standsFor);
    }
    owed.lost = Math.min(3, owed.lost + flow.lost / standsFor);
    for (const cargo of ["read", "write", "log"] as const) {
      owed[cargo] += shares[cargo] / standsFor;
      for (; owed[cargo] >= 1; owed[cargo] -= 1) {
        const fate = this.fateOf(owed, cargo, stop);
        const retry = cargo !== "log" && owed.retry >= 1;
        if (retry) owed.retry -= 1;
        this.launch(way, { cargo, retry, fate, flightMs: flightOf(flow.delayMs), sinksAt: fate === "lost" ? (stop ?? way.midSea) : way.lastSea });
      }
    }
  }

  private fateOf(owed: Traffic["owed"], cargo: Cargo, stop: number | null): Fate {
    if (cargo === "log") return stop === null ? "arrives" : "lost";
    for (const fate of ["lost", "refused"] as const) {
      if (owed[fate] < 1) continue;
      owed[fate] -= 1;
      return fate;
    }
    return "arrives";
  }

  private launch(way: Way, plan: { cargo: Cargo; retry: boolean; fate: Fate; flightMs: number; sinksAt: number }): void {
    this.swells += 1;
    const spread = (this.swells * 0.618_034) % 1;
    const image = this.harbour.pop()?.image ?? this.stage.marks.image(this.stage.layers.fleet, "boat-read", Math.max(0.74, this.stage.unit * 0.92));
    this.sailing.push({ image: image.setVisible(false).setAlpha(1), way, ...plan, bornMs: this.departMs + spread * this.paceMs, sunkMs: -1, swell: this.swells, mark: "" });
  }

  /** False once the boat is done. */
  private sail(boat: Boat): boolean {
    const past = this.clockMs - boat.bornMs;
    if (past < 0) return true;
    if (boat.sunkMs >= 0) return this.sink(boat);
    const flown = past / boat.flightMs;
    if (boat.fate !== "arrives" && flown >= boat.sinksAt) {
      const traffic = this.trafficOn(boat.way);
      if (traffic.wrecks >= WRECKS_PER_WAY) return false;
      traffic.wrecks += 1;
      boat.sunkMs = this.clockMs;
      return this.sink(boat);
    }
    if (flown >= 1) return false;
    const share = this.stage.calm ? (Math.floor(flown * CALM_STEPS) + 0.5) / CALM_STEPS : flown;
    const sample = Math.min(boat.way.xs.length - 1, share * boat.way.xs.length) | 0;
    const afloat = boat.way.afloat[sample] === 1;
    this.wear(boat, `${afloat ? (boat.retry ? "retry" : "boat") : "lantern"}-${boat.cargo}`);
    const bob = afloat && !this.stage.calm ? Math.sin(this.clockMs / 320 + boat.swell) * 0.9 : 0;
    boat.image.setPosition(boat.way.xs[sample] ?? 0, (boat.way.ys[sample] ?? 0) + bob);
    boat.image.flipX = boat.way.leftward[sample] === 1;
    boat.image.alpha = Math.min(1, flown * 14, (1 - flown) * 14);
    boat.image.visible = true;
    return true;
  }

  private sink(boat: Boat): boolean {
    const sunk = (this.clockMs - boat.sunkMs) / SINK_MS;
    if (sunk >= 1) {
      this.trafficOn(boat.way).wrecks -= 1;
      return false;
    }
    const sample = Math.min(boat.way.xs.length - 1, boat.sinksAt * boat.way.xs.length) | 0;
    const afloat = boat.way.afloat[sample] === 1;
    this.wear(boat, afloat ? (boat.fate === "lost" ? "wreck" : "refused") : "snuffed");
    const spread = afloat ? this.stage.unit : this.stage.unit * 0.3;
    const aside = (((boat.swell * 0.618_034) % 1) - 0.5) * WRECKS_ACROSS * spread;
    const below = ((boat.swell * 0.414_214) % 1) * WRECKS_DOWN * spread;
    boat.image.flipX = false;
    boat.image.setPosition((boat.way.xs[sample] ?? 0) + aside, (boat.way.ys[sample] ?? 0) + below + sunk * 5);
    boat.image.setAlpha(Math.min(1, (1 - sunk) * 2.5)).setVisible(true);
    return true;
  }

  private wear(boat: Boat, mark: string): void {
    if (boat.mark === mark) return;
    boat.mark = mark;
    boat.image.setFrame(mark, false, false);
  }

  private trafficOn(way: Way): Traffic {
    let traffic = this.traffic.get(way);
    if (traffic === undefined) {
      const start = (this.traffic.size * 0.618_034) % 1;
      traffic = { owed: { read: start, write: start, log: start, retry: start, refused: 0.9, lost: 0.9 }, rate: 0, standsFor: 1, wrecks: 0 };
      this.traffic.set(way, traffic);
    }
    return traffic;
  }
}

/** How long a boat is under way, in real milliseconds, for a route's one-way delay. */
function flightOf(delayMs: number): number {
  return Math.min(FLIGHT_MAX_MS, FLIGHT_MS + delayMs * FLIGHT_PER_DELAY);
}

/** How many requests one boat stands for: 1, 10, 100 …, so that crowding (1 is full) stays in bounds, with some inertia. */
function grain(now: number, crowding: number): number {
  if (crowding > (now === 1 ? 1 : now * FULLER)) return now * 10;
  return now > 1 && crowding < now * 0.05 ? now / 10 : now;
}
