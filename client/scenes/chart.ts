import type * as Phaser from "phaser";
import type { View } from "../../shared/match/view.ts";
import { Fleet } from "../pieces/fleet.ts";
import { Legend } from "../pieces/legend.ts";
import { Link } from "../pieces/link.ts";
import { Messages } from "../pieces/messages.ts";
import { Waves } from "../pieces/sea.ts";
import { Selection } from "../pieces/selection.ts";
import { LAYERS, type Stage } from "../pieces/stage.ts";
import type { Way } from "../pieces/way.ts";
import { ZoneName } from "../pieces/zoneName.ts";
import { Calls } from "./calls.ts";
import { type ChartLayout, layChart } from "./chartLayout.ts";
import { type ChartSettings, stageFor } from "./chartSettings.ts";
import { type Dispatch, layMessages } from "./dispatches.ts";
import { paintGround } from "./ground.ts";
import { boxAround } from "./places.ts";
import { type Focus, Shore } from "./shore.ts";
import { legendSpot, standingBoxes } from "./spots.ts";
import { Ways } from "./ways.ts";
import { Weather } from "./weather.ts";

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
  private readonly shore: Shore;
  private readonly links: readonly Link[];
  private readonly weather: Weather;
  private readonly calls: Calls;
  private readonly messages: Messages;
  private readonly legend: Legend | null;
  private readonly selection: Selection;
  private selected: string | null = null;

  /** `settled`: the match was on the chart before, so fog and buoys are simply there instead of arriving. */
  constructor(scene: Phaser.Scene, view: View, settings: ChartSettings, settled: boolean) {
    this.layout = layChart(view, settings.width, settings.height);
    this.stage = stageFor(scene, this.layout, settings);
    const { stage, layout } = this;
    const legend = settings.legend ? legendSpot(layout) : null;
    paintGround(stage, layout, legend);
    this.waves = new Waves(stage, standingBoxes(layout));
    this.zoneNames = layout.zones.map((zone) => new ZoneName(stage, zone.label, layout.compact));
    this.links = layout.links.map((track, at) => new Link(stage, track, at));
    this.shore = new Shore(stage, layout);
    const ways = new Ways(layout, view);
    this.fleet = new Fleet(stage, (from, to) => ways.between(from, to), settings.everyRequest);
    this.weather = new Weather(stage, layout, settled);
    this.calls = new Calls(stage, layout, settled);
    this.messages = new Messages(stage);
    this.legend = legend === null ? null : new Legend(stage, legend);
    this.selection = new Selection(stage);
  }

  show(view: View, focus: Focus, nowMs: number): void {
    this.weather.show(view, nowMs);
    for (const [at, name] of this.zoneNames.entries()) name.show(view, at);
    for (const [at, link] of view.links.entries())
      this.links[at]?.show(link, this.weather.cut, focus.place === `l${at}`);
    this.calls.show(view, nowMs);
    const plate = this.weather.plateBox;
    this.shore.show(view, focus, { nowMs, plates: plate === null ? [] : [plate], buoys: this.calls.buoyBoxes() });
    if (focus.place !== this.selected)
      this.selection.show(focus.place === null ? null : boxAround(this.layout, focus.place));
    this.selected = focus.place;
    this.legend?.tell(this.fleet.standsFor);
  }

  /** Shows a view as though it had been there all along: nothing is under way from what was shown before. */
  jump(view: View, focus: Focus, nowMs: number): void {
    this.fleet.clear();
    for (const part of [this.weather, this.calls, this.shore]) part.settle();
    this.show(view, focus, nowMs);
  }

  /** Draws messages under way as arrows, until others are given. */
  dispatch(messages: readonly Dispatch[]): void {
    this.messages.show(layMessages(this.layout, messages, this.weather.cut));
  }

  /** Sends out the boats of a view; `pace` as `Fleet.show` takes it. */
  sail(view: View, pace: Parameters<Fleet["show"]>[1]): void {
    this.fleet.show(view.flows, pace, (way) => this.stopOn(way));
  }

  tick(nowMs: number, deltaMs: number, running: boolean): void {
    this.waves.tick(nowMs);
    this.weather.tick(nowMs);
    this.shore.tick(nowMs, deltaMs, this.weather.cut);
    this.fleet.tick(running ? deltaMs : 0);
    this.calls.tick(nowMs);
  }

  destroy(): void {
    for (const name of LAYERS) this.stage.layers[name].destroy();
    this.stage.marks.destroy();
  }

  /** Where a cut link on this way stops a boat, as a share of the way. */
  private stopOn(way: Way): number | null {
    for (const span of way.spans) {
      const stop = this.links[span.route]?.stopsAt(span.fromA) ?? null;
      if (stop !== null) return span.from + (span.to - span.from) * (span.fromA ? stop : 1 - stop);
    }
    return null;
  }
}
