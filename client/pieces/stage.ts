import * as Phaser from "phaser";
import type { MarkSheet } from "./markSheet.ts";
import type { Palette } from "./palette.ts";

/** The layers of the chart from the bottom up. Fog hides routes and beams; boats, badges and words stay above it. */
export const LAYERS = ["sea", "routes", "light", "towers", "fog", "fleet", "badges", "words", "calls"] as const;
export type LayerName = (typeof LAYERS)[number];

/** Letter sizes on this chart, in CSS pixels. */
export interface LetterSizes {
  readonly zone: number;
  readonly name: number;
  readonly state: number;
}

/** What every piece draws with. A new one is made whenever the chart is laid out anew: on a resize or a change of theme. */
export interface Stage {
  readonly scene: Phaser.Scene;
  readonly layers: Readonly<Record<LayerName, Phaser.GameObjects.Layer>>;
  readonly marks: MarkSheet;
  readonly palette: Palette;
  readonly letters: LetterSizes;
  /** The chart's size in CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** CSS pixels per chart unit: 1 on a chart of 1,040 × 628. */
  readonly unit: number;
  /** Device pixels per CSS pixel. */
  readonly pixelRatio: number;
  /** True when the player asked for reduced motion. */
  readonly calm: boolean;
}

export const SANS = '"Atkinson Hyperlegible Next Variable", "Atkinson Hyperlegible Next", system-ui, sans-serif';
export const SERIF = '"Fraunces Variable", Fraunces, Georgia, serif';

/** A picture painted once with a canvas brush and shown as one image; its origin is its top left corner. */
export function painted(
  stage: Stage,
  layer: LayerName,
  area: {
    readonly key: string;
    readonly left: number;
    readonly top: number;
    readonly width: number;
    readonly height: number;
  },
  paint: (brush: CanvasRenderingContext2D) => void,
): Phaser.GameObjects.Image {
  const { scene, pixelRatio } = stage;
  const width = Math.max(1, Math.ceil(area.width * pixelRatio));
  const height = Math.max(1, Math.ceil(area.height * pixelRatio));
  if (scene.textures.exists(area.key)) scene.textures.remove(area.key);
  const texture = scene.textures.createCanvas(area.key, width, height);
  if (texture === null) throw new Error(`stage: the texture ${area.key} could not be made`);
  const brush = texture.context;
  brush.scale(pixelRatio, pixelRatio);
  brush.translate(-area.left, -area.top);
  paint(brush);
  texture.refresh();
  const image = new Phaser.GameObjects.Image(scene, area.left, area.top, area.key)
    .setOrigin(0, 0)
    .setScale(1 / pixelRatio);
  image.once("destroy", () => scene.textures.remove(area.key));
  stage.layers[layer].add(image);
  return image;
}
