import type * as Phaser from "phaser";
import { badgeMarks, pennantMark, railingMark, ringMark } from "../pieces/badge.ts";
import { boatMarks } from "../pieces/boat.ts";
import { lightMarks } from "../pieces/light.ts";
import { type Mark, MarkSheet } from "../pieces/markSheet.ts";
import { type Palette, paletteOf, type Theme } from "../pieces/palette.ts";
import { ruinMarks } from "../pieces/ruin.ts";
import { seaMarks } from "../pieces/seaMarks.ts";
import { LAYERS, type LayerName, type Stage } from "../pieces/stage.ts";
import { towerMarks } from "../pieces/tower.ts";
import type { ChartLayout } from "./chartLayout.ts";

/** How a chart is drawn, besides what it shows. */
export interface ChartSettings {
  readonly width: number;
  readonly height: number;
  readonly pixelRatio: number;
  readonly theme: Theme;
  readonly calm: boolean;
  /** One boat for each request however crowded. */
  readonly everyRequest: boolean;
  readonly legend: boolean;
}

/** Marks are painted at no more than this many texture pixels per chart unit: a sheet has to fit any graphics card. */
const RESOLUTION_MAX = 5;

/** Sets the stage for a chart: its layers, its palette and its marks, painted at the size at which they are shown. */
export function stageFor(scene: Phaser.Scene, layout: ChartLayout, settings: ChartSettings): Stage {
  const palette = paletteOf(settings.theme);
  const resolution = Math.min(RESOLUTION_MAX, settings.pixelRatio * Math.max(layout.unit, layout.towerScale, 0.85));
  const layers = Object.fromEntries(LAYERS.map((name) => [name, scene.add.layer()])) as Record<
    LayerName,
    Phaser.GameObjects.Layer
  >;
  return {
    scene,
    palette,
    layers,
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
    ...towerMarks(palette),
    ...ruinMarks(palette),
    ...badgeMarks(palette),
    railingMark(palette),
    pennantMark(palette),
    ringMark(palette),
    ...lightMarks(palette),
    ...boatMarks(palette),
    ...seaMarks(palette),
  ];
}
