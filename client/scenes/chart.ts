import type * as Phaser from "phaser";
import type { View } from "../../shared/match/view.ts";
import { badgeMarks, pennantMark, railingMark, ringMark } from "../pieces/badge.ts";
import { boatMarks } from "../pieces/boat.ts";
import { Caption, type CaptionLine } from "../pieces/caption.ts";
import { traced } from "../pieces/curve.ts";
import { paintLand, paintShoals } from "../pieces/island.ts";
import { Fleet } from "../pieces/fleet.ts";
import { Legend } from "../pieces/legend.ts";
import { lightMarks } from "../pieces/light.ts";
import { Lighthouse } from "../pieces/lighthouse.ts";
import { Link } from "../pieces/link.ts";
import { type Mark, MarkSheet } from "../pieces/markSheet.ts";
import { grouped, nodeState } from "../pieces/nodeState.ts";
import { faded, type Palette, paletteOf, type Theme } from "../pieces/palette.ts";
import { paintSea, Waves } from "../pieces/sea.ts";
import { seaMarks } from "../pieces/seaMarks.ts";
import { Selection } from "../pieces/selection.ts";
import { LAYERS, type LayerName, painted, type Stage } from "../pieces/stage.ts";
import { towerMarks } from "../pieces/tower.ts";
import { paintHouses } from "../pieces/village.ts";
import type { Way } from "../pieces/way.ts";
import { ZoneName } from "../pieces/zoneName.ts";
import { Calls } from "./calls.ts";
import { type ChartLayout, layChart } from "./chartLayout.ts";
import { type Claim, declutter } from "./declutter.ts";
import { boxAround } from "./places.ts";
import { legendSpot, roseSpot, standingBoxes } from "./spots.ts";
import { Ways } from "./ways.ts";
import { Weather } from "./weather.ts";

/** How a chart is drawn, besides what it shows. */
export interface ChartSettings {
  readonly width: number;
  readonly height: number;
  readonly pixelRatio: number;
  readonly theme: Theme;
  readonly calm: boolean;
  /** One boat for each request however crowded. */
  readonly everyRequest: boolean;
}

/** What the player points at: a place, and a store whose replicas are ringed (-1 for none). */
export interface Focus {
  readonly place: string | null;
  readonly store: number;
}

/** From this many nodes on, only troubled and selected ones get a second line. */
const CROWDED_NODES = 24;

/**
 * One drawn chart of one level at one size and theme. It lives until the size, theme or level changes; then another is
 * drawn from the newest view. `show` compares a view with what is shown, `tick` moves what moves.
 */
export class Chart {
  readonly layout: ChartLayout;
  readonly fleet: Fleet;
  private readonly stage: Stage;
  private readonly waves: Waves;
  private readonly zoneNames: readonly ZoneName[];
  private readonly lighthouses: readonly Lighthouse[];
  private readonly captions: readonly Caption[];
  private readonly links: readonly Link[];
  private readonly weather: Weather;
  private readonly calls: Calls;
  private readonly legend: Legend | null;
  private readonly selection: Selection;
  private selected: string | null = null;
  private wants = "";

  /** `settled`: the match was on the chart before, so fog and buoys are simply there instead of arriving. */
  constructor(scene: Phaser.Scene, view: View, settings: ChartSettings, settled: boolean) {
    this.layout = layChart(view, settings.width, settings.height);
    this.stage = stageFor(scene, this.layout, settings);
    const { stage, layout } = this;
    const legend = legendSpot(layout);
    this.paintGround(legend);
    this.waves = new Waves(stage, standingBoxes(layout));
    this.zoneNames = layout.zones.map((zone) => new ZoneName(stage, zone.label, layout.compact));
    this.links = layout.links.map((track, at) => new Link(stage, track, at));
    const lighthouses = new Map(
      [...layout.nodes.entries()].toSorted(([, a], [, b]) => a.y - b.y).map(([at, foot]) => [at, new Lighthouse(stage, foot, layout.towerScale, at)]),
    );
    this.lighthouses = layout.nodes.flatMap((_, at) => lighthouses.get(at) ?? []);
    this.captions = layout.nodes.map((foot) => new Caption(stage, { x: foot.x, y: foot.y + 13 * layout.towerScale + 1 }));
    const ways = new Ways(layout, view);
    this.fleet = new Fleet(stage, (from, to) => ways.between(from, to), settings.everyRequest);
    this.weather = new Weather(stage, layout, settled);
    this.calls = new Calls(stage, layout, settled);
    this.legend = legend === null ? null : new Legend(stage, legend);
    this.selection = new Selection(stage);
  }

  show(view: View, focus: Focus, nowMs: number): void {
    this.weather.show(view, nowMs);
    for (const [at, name] of this.zoneNames.entries()) name.show(view, at);
    for (const [at, link] of view.links.entries()) this.links[at]?.show(link, this.weather.cut, focus.place === `l${at}`);
    this.calls.show(view, nowMs);
    this.showNodes(view, focus, nowMs);
    if (focus.place !== this.selected) this.selection.show(focus.place === null ? null : boxAround(this.layout, focus.place));
    this.selected = focus.place;
    this.legend?.tell(this.fleet.standsFor);
  }

  /** Sends out the boats of a view; `pace` as `Fleet.show` takes it. */
  sail(view: View, pace: Parameters<Fleet["show"]>[1]): void {
    this.fleet.show(view.flows, pace, (way) => this.stopOn(way));
  }

  tick(nowMs: number, deltaMs: number, running: boolean): void {
    this.waves.tick(nowMs);
    this.weather.tick(nowMs);
    for (const lighthouse of this.lighthouses) lighthouse.tick(nowMs, deltaMs, this.weather.cut);
    this.fleet.tick(running ? deltaMs : 0);
    this.calls.tick(nowMs);
  }

  destroy(): void {
    for (const name of LAYERS) this.stage.layers[name].destroy();
    this.stage.marks.destroy();
  }

  private showNodes(view: View, focus: Focus, nowMs: number): void {
    let changed = false;
    const claims: Claim[] = [];
    for (const [at, node] of view.nodes.entries()) {
      const state = nodeState(node, focus.store, view.components);
      const inStore = focus.store < 0 ? null : node.replicas.some((replica) => replica.store === focus.store);
      this.lighthouses[at]?.show(state, inStore, nowMs);
      const caption = this.captions[at];
      if (caption === undefined) continue;
      const failing = node.failing > 0 ? `${grouped(node.failing)} ${node.failingWhy}`.trim() : "";
      changed = caption.tell({ name: node.name, state: state.words, brief: state.brief, failing, notable: state.notable }) || changed;
      const selected = focus.place === `n${at}`;
      const second = selected || state.notable || (!this.layout.compact && view.nodes.length < CROWDED_NODES);
      const wants: CaptionLine[] = ["name", ...(second ? (["state"] as const) : []), "failing"];
      claims.push({ caption, rank: selected ? 0 : state.notable ? 1 : state.leads ? 2 : 3, wants });
    }
    const plate = this.weather.plateBox;
    const taken = [...this.layout.zones.map((zone) => zone.labelBox), ...(plate === null ? [] : [plate])];
    const buoys = this.calls.buoyBoxes();
    const wants = `${claims.map((claim) => `${claim.rank}${claim.wants.length}`).join()} ${taken.length} ${buoys.length}`;
    if (!changed && wants === this.wants) return;
    this.wants = wants;
    declutter(claims, {
      width: this.layout.width,
      height: this.layout.height,
      taken,
      soft: [...this.lighthouses.map((lighthouse) => lighthouse.box), ...buoys],
    });
  }

  /** Where a cut link on this way stops a boat, as a share of the way. */
  private stopOn(way: Way): number | null {
    for (const span of way.spans) {
      const stop = this.links[span.route]?.stopsAt(span.fromA) ?? null;
      if (stop !== null) return span.from + (span.to - span.from) * (span.fromA ? stop : 1 - stop);
    }
    return null;
  }

  private paintGround(legend: { left: number; top: number; right: number; bottom: number } | null): void {
    const { stage, layout } = this;
    const { width, height, unit } = stage;
    const standing = standingBoxes(layout);
    painted(stage, "sea", { key: "ground", left: 0, top: 0, width, height }, (brush) => {
      paintSea(brush, stage.palette, { width, height, unit, rose: roseSpot(layout, legend), keepClear: standing });
      paintShoals(brush, stage.palette, layout.zones.flatMap((zone) => [zone.island, zone.village]), unit);
      const clear = layout.nodes.map((foot) => ({
        left: foot.x - 40 * layout.towerScale, right: foot.x + 40 * layout.towerScale,
        top: foot.y - 78 * layout.towerScale, bottom: foot.y + 10 * layout.towerScale + layout.letters.name * 2.6,
      }));
      brush.strokeStyle = faded(stage.palette.route, 0.8);
      brush.lineWidth = 2 * Math.max(0.75, unit);
      brush.lineCap = "round";
      for (const zone of layout.zones) brush.stroke(traced(zone.ferry.points, false));
      for (const zone of layout.zones) {
        const trees = Math.round((zone.island.radiusX * zone.island.radiusY) / (1_100 * unit * unit));
        paintLand(brush, stage.palette, zone.village, { unit: unit * 0.6, trees: 0, keepClear: [] });
        paintLand(brush, stage.palette, zone.island, { unit, trees: Math.min(22, trees), keepClear: clear });
        paintHouses(brush, stage.palette, zone.village, unit);
      }
    });
  }
}

function stageFor(scene: Phaser.Scene, layout: ChartLayout, settings: ChartSettings): Stage {
  const palette = paletteOf(settings.theme);
  const resolution = Math.min(5, settings.pixelRatio * Math.max(layout.unit, layout.towerScale, 0.85));
  const layers = Object.fromEntries(LAYERS.map((name) => [name, scene.add.layer()])) as Record<LayerName, Phaser.GameObjects.Layer>;
  return {
    scene, palette, layers,
    marks: new MarkSheet(scene, "marks", allMarks(palette), resolution),
    letters: layout.letters,
    width: layout.width,
    height: layout.height,
    unit: layout.unit,
    pixelRatio: settings.pixelRatio,
    calm: settings.calm,
  };
}

function allMarks(palette: Palette): Mark[] {
  return [
    ...towerMarks(palette), ...badgeMarks(palette), railingMark(palette), pennantMark(palette), ringMark(palette),
    ...lightMarks(palette), ...boatMarks(palette), ...seaMarks(palette),
  ];
}
