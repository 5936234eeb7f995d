import type * as Phaser from "phaser";
import type { FlowView } from "../../shared/match/view.ts";
import type { Stage } from "./stage.ts";
import { flightOf, grain, newTraffic, nextFate, type Traffic } from "./traffic.ts";
import { type Orders, Voyage } from "./voyage.ts";
import type { Way } from "./way.ts";

/** More boats than this under way on one route, and one boat stands for ten requests there. */
const MOST_ON_A_ROUTE = 40;
/** Closer than this on average, in chart units, boats would merge into a chain: then too one stands for ten. */
const CLOSEST = 21;
const WRECKS_PER_WAY = 2;
const SHORTEST_PACE_MS = 40;
const LONGEST_PACE_MS = 400;
/** Boats owed of one kind beyond this are forgotten: what happened long ago is not shown as if it were now. */
const MOST_OWED = 3;
const GOLDEN = 0.618_034;

/** All boats under way. Each view says how many requests set out since the last; the boats that stand for them sail here. */
export class Fleet {
  private readonly stage: Stage;
  private readonly wayOf: (from: string, to: string) => Way | null;
  private readonly everyRequest: boolean;
  private readonly traffic = new Map<Way, Traffic>();
  private readonly sailing: Voyage[] = [];
  /** Images of boats that came home, to be sent out again. */
  private readonly harbour: Phaser.GameObjects.Image[] = [];
  private clockMs = 0;
  private paceMs = 100;
  private departMs = 0;
  private swells = 0;

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
  show(
    flows: readonly FlowView[],
    pace: { readonly paceMs: number; readonly sinceTickMs: number },
    stopsAt: (way: Way) => number | null,
  ): void {
    this.departMs = this.clockMs + pace.sinceTickMs;
    this.paceMs = Math.min(LONGEST_PACE_MS, Math.max(SHORTEST_PACE_MS, pace.paceMs));
    const bound = flows.flatMap((flow) => {
      const way = this.wayOf(flow.from, flow.to);
      return way === null ? [] : [{ flow, way, traffic: this.trafficOn(way) }];
    });
    const crowding = new Map<number, number>();
    for (const { flow, way, traffic } of bound) {
      const rate = (flow.reads + flow.writes + flow.replication) * (1_000 / this.paceMs);
      traffic.rate = traffic.rate === 0 ? rate : traffic.rate + (rate - traffic.rate) * 0.15;
      for (const span of way.spans)
        crowding.set(
          span.route,
          (crowding.get(span.route) ?? 0) + this.crowdOn(flow, way, traffic, span.to - span.from),
        );
    }
    for (const { flow, way, traffic } of bound) {
      const crowded = way.spans.reduce(
        (most, span) => Math.max(most, crowding.get(span.route) ?? 0),
        this.crowdOn(flow, way, traffic, 1),
      );
      traffic.standsFor = this.everyRequest ? 1 : grain(traffic.standsFor, crowded);
      this.setOut(flow, way, traffic, stopsAt(way));
    }
  }

  /** Takes every boat off the sea, and forgets what was owed: what is shown next has nothing to do with it. */
  clear(): void {
    for (const { image } of this.sailing.splice(0)) this.harbour.push(image.setVisible(false));
    this.traffic.clear();
  }

  /** Moves every boat; `deltaMs` of real time, 0 while the match is paused. */
  tick(deltaMs: number): void {
    this.clockMs += deltaMs;
    for (let at = this.sailing.length - 1; at >= 0; at -= 1) {
      const voyage = this.sailing[at];
      if (voyage === undefined || this.goesOn(voyage)) continue;
      voyage.image.setVisible(false);
      this.harbour.push(voyage.image);
      const last = this.sailing.pop();
      if (last !== undefined && last !== voyage) this.sailing[at] = last;
    }
  }

  private goesOn(voyage: Voyage): boolean {
    const step = voyage.step(this.clockMs, this.stage);
    if (step === "sailing") return true;
    const traffic = this.trafficOn(voyage.orders.way);
    if (step === "sank") {
      traffic.wrecks += 1;
      if (traffic.wrecks <= WRECKS_PER_WAY) return true;
    }
    if (voyage.wrecked) traffic.wrecks -= 1;
    return false;
  }

  /** How full a way's traffic makes a share of it, if every request had a boat: 1 is as many as fit side by side. */
  private crowdOn(flow: FlowView, way: Way, traffic: Traffic, share: number): number {
    const underWay = (traffic.rate * flightOf(flow.delayMs) * share) / 1_000;
    const room = Math.min(MOST_ON_A_ROUTE, Math.max(2, (way.lengthPx * share) / (CLOSEST * this.stage.unit)));
    return underWay / room;
  }

  private setOut(flow: FlowView, way: Way, traffic: Traffic, stop: number | null): void {
    const { owed, standsFor } = traffic;
    const counted = { retry: flow.retries, refused: flow.refused, lost: flow.lost } as const;
    for (const kind of ["retry", "refused", "lost"] as const)
      owed[kind] = Math.min(MOST_OWED, owed[kind] + counted[kind] / standsFor);
    const cargoes = { read: flow.reads, write: flow.writes, log: flow.replication } as const;
    for (const cargo of ["read", "write", "log"] as const) {
      owed[cargo] += cargoes[cargo] / standsFor;
      for (; owed[cargo] >= 1; owed[cargo] -= 1) {
        const fate = nextFate(owed, cargo, stop);
        const retry = cargo !== "log" && owed.retry >= 1;
        if (retry) owed.retry -= 1;
        this.launch({
          way,
          cargo,
          retry,
          fate,
          flightMs: flightOf(flow.delayMs),
          sinksAt: fate === "lost" ? (stop ?? way.midSea) : way.lastSea,
        });
      }
    }
  }

  private launch(plan: Omit<Orders, "bornMs" | "swell">): void {
    this.swells += 1;
    const scale = Math.max(0.74, this.stage.unit * 0.92);
    const image = this.harbour.pop() ?? this.stage.marks.image(this.stage.layers.fleet, "boat-read", scale);
    const bornMs = this.departMs + ((this.swells * GOLDEN) % 1) * this.paceMs;
    this.sailing.push(new Voyage(image, { ...plan, bornMs, swell: this.swells }));
  }

  private trafficOn(way: Way): Traffic {
    let traffic = this.traffic.get(way);
    if (traffic === undefined) {
      traffic = newTraffic(this.traffic.size);
      this.traffic.set(way, traffic);
    }
    return traffic;
  }
}
