import type { View } from "../../shared/match/view.ts";
import { Buoy } from "../pieces/buoy.ts";
import { Crew } from "../pieces/crew.ts";
import type { Box, Point } from "../pieces/curve.ts";
import { Ping } from "../pieces/ping.ts";
import type { Stage } from "../pieces/stage.ts";
import { TOWER_HEIGHT } from "../pieces/tower.ts";
import type { ChartLayout } from "./chartLayout.ts";
import { middleOf } from "./middle.ts";
import { mooring } from "./spots.ts";

/** What comes and goes over places: buoys of wrong answers, pings of operators, repair crews. Each is made when first needed. */
export class Calls {
  private readonly stage: Stage;
  private readonly layout: ChartLayout;
  private readonly buoys = new Map<number, Buoy>();
  private readonly moored: Point[] = [];
  private readonly pings = new Map<number, Ping>();
  private readonly crews = new Map<number, Crew>();
  private settled: boolean;

  constructor(stage: Stage, layout: ChartLayout, settled: boolean) {
    this.stage = stage;
    this.layout = layout;
    this.settled = settled;
  }

  show(view: View, nowMs: number): void {
    for (const [at, node] of view.nodes.entries()) {
      if (node.wrong > 0 || this.buoys.has(at)) this.buoyAt(at, node.zone).show(node.wrong, this.settled ? 0 : nowMs);
    }
    for (const [at, link] of view.links.entries()) {
      if (link.repairUntilMs > 0 || this.crews.has(at)) this.crewAt(at).show(link.repairUntilMs - view.clockMs);
    }
    this.showPings(view);
    this.settled = false;
  }

  /** Buoys shown next are simply there. */
  settle(): void {
    this.settled = true;
  }

  tick(nowMs: number): void {
    for (const buoy of this.buoys.values()) buoy.tick(nowMs);
    for (const ping of this.pings.values()) ping.tick(nowMs);
    for (const crew of this.crews.values()) crew.tick(nowMs);
  }

  /** Room that buoys take, so that words keep off them. */
  buoyBoxes(): Box[] {
    const reach = Math.max(0.85, this.layout.unit);
    return this.moored.map((at) => ({
      left: at.x - 11 * reach,
      right: at.x + 36 * reach,
      top: at.y - 28 * reach,
      bottom: at.y + 3 * reach,
    }));
  }

  private showPings(view: View): void {
    const live = new Set(view.pings.map((ping) => ping.id));
    for (const [id, ping] of this.pings) {
      if (live.has(id)) continue;
      ping.destroy();
      this.pings.delete(id);
    }
    for (const ping of view.pings) {
      if (this.pings.has(ping.id)) continue;
      const name = view.operators[ping.by]?.name ?? "";
      const words = name === "" ? ping.word : `${name}: ${ping.word}`;
      this.pings.set(
        ping.id,
        new Ping(this.stage, this.pointed(view, ping.at), words, (TOWER_HEIGHT - 30) * this.layout.towerScale),
      );
    }
  }

  /** The point that a ping means; a component stands for its first node. */
  private pointed(view: View, place: string): Point {
    const index = Number(place.slice(1));
    if (!place.startsWith("c")) return middleOf(this.layout, place);
    return middleOf(this.layout, `n${view.components[index]?.on[0] ?? 0}`);
  }

  private buoyAt(node: number, zone: number): Buoy {
    let buoy = this.buoys.get(node);
    if (buoy === undefined) {
      const at = mooring(this.layout, node, zone, this.moored);
      this.moored.push(at);
      buoy = new Buoy(this.stage, at);
      this.buoys.set(node, buoy);
    }
    return buoy;
  }

  private crewAt(link: number): Crew {
    let crew = this.crews.get(link);
    if (crew === undefined) {
      crew = new Crew(this.stage, middleOf(this.layout, `l${link}`), this.layout.compact);
      this.crews.set(link, crew);
    }
    return crew;
  }
}
