import * as Phaser from "phaser";
import { type LayerName, SANS, SERIF, type Stage } from "./stage.ts";

/** How a piece of writing on the chart looks; the size is in CSS pixels. */
export interface Writing {
  readonly size: number;
  readonly weight: number;
  readonly colour: string;
  /** Water names are set in the italic of the title face, as on charts. */
  readonly face?: "sans" | "water";
  /** Letters on plates need no halo. */
  readonly bare?: boolean;
}

/** Writes words on a layer, centred on their position and with a halo, so that they stay legible over anything. */
export function write(stage: Stage, layer: LayerName, writing: Writing): Phaser.GameObjects.Text {
  const water = writing.face === "water";
  const text = new Phaser.GameObjects.Text(stage.scene, 0, 0, "", {
    fontFamily: water ? SERIF : SANS,
    fontStyle: `${water ? "italic " : ""}${writing.weight}`,
    fontSize: `${writing.size}px`,
    color: writing.colour,
    padding: { x: water ? 5 : 2, y: 2 },
    ...(writing.bare === true ? {} : { stroke: stage.palette.halo, strokeThickness: 4 }),
  });
  stage.layers[layer].add(text);
  return text.setResolution(stage.pixelRatio).setOrigin(0.5, 0.5);
}

/** Changes words only when they differ: new letters have to be painted and sent to the graphics card. */
export function say(text: Phaser.GameObjects.Text, words: string, colour?: string): boolean {
  if (colour !== undefined && text.style.color !== colour) text.setColor(colour);
  if (text.text === words) return false;
  text.setText(words);
  return true;
}
