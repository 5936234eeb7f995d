import * as Phaser from "phaser";

/** One small drawing, made once and shown many times. Lengths are chart units: pixels of a 1,040-pixel-wide chart. */
export interface Mark {
  readonly name: string;
  /** How far the drawing reaches from its own origin: negative to the left and up. */
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  paint(brush: CanvasRenderingContext2D): void;
}

const SHEET_WIDTH_PX = 2_048;
const GAP_PX = 2;

/**
 * All marks of a chart in one texture, so that a fleet of boats and a coast of lighthouses are drawn in one batch.
 * Painted when the chart is laid out, at the resolution of the screen: nothing is drawn from paths while the match runs.
 */
export class MarkSheet {
  private readonly marks = new Map<string, Mark>();
  private readonly scene: Phaser.Scene;
  private readonly key: string;
  /** Texture pixels per chart unit. */
  private readonly resolution: number;

  constructor(scene: Phaser.Scene, key: string, marks: readonly Mark[], resolution: number) {
    this.scene = scene;
    this.key = key;
    this.resolution = resolution;
    const places = shelve(marks, resolution);
    const texture = scene.textures.createCanvas(key, SHEET_WIDTH_PX, places.height);
    if (texture === null) throw new Error(`mark sheet: the texture ${key} exists already`);
    for (const [at, mark] of marks.entries()) {
      const place = places.frames[at] ?? { x: 0, y: 0, width: 1, height: 1 };
      const brush = texture.context;
      brush.save();
      brush.translate(place.x, place.y);
      brush.scale(resolution, resolution);
      brush.translate(-mark.left, -mark.top);
      mark.paint(brush);
      brush.restore();
      texture.add(mark.name, 0, place.x, place.y, place.width, place.height);
      this.marks.set(mark.name, mark);
    }
    texture.refresh();
  }

  /** Shows a mark in a layer; `scale` is in CSS pixels per chart unit. */
  image(layer: Phaser.GameObjects.Layer, name: string, scale: number): Phaser.GameObjects.Image {
    const image = new Phaser.GameObjects.Image(this.scene, 0, 0, this.key, name);
    layer.add(image);
    this.turnInto(image, name);
    return image.setScale(scale / this.resolution);
  }

  /** Changes what an image shows and keeps its origin where the new mark has it. */
  turnInto(image: Phaser.GameObjects.Image, name: string): void {
    const mark = this.marks.get(name);
    if (mark === undefined) throw new Error(`mark sheet: there is no mark ${name}`);
    image.setFrame(name);
    image.setOrigin(-mark.left / (mark.right - mark.left), -mark.top / (mark.bottom - mark.top));
  }

  /** The image scale that shows marks at `scale` CSS pixels per chart unit. */
  scaleFor(scale: number): number {
    return scale / this.resolution;
  }

  destroy(): void {
    this.scene.textures.remove(this.key);
  }
}

interface Frame {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Puts marks on shelves from left to right, each shelf as high as its highest mark. */
function shelve(marks: readonly Mark[], resolution: number): { frames: Frame[]; height: number } {
  let x = 0;
  let y = 0;
  let shelf = 0;
  const frames = marks.map((mark) => {
    const width = Math.ceil((mark.right - mark.left) * resolution);
    const height = Math.ceil((mark.bottom - mark.top) * resolution);
    if (x + width > SHEET_WIDTH_PX) {
      x = 0;
      y += shelf + GAP_PX;
      shelf = 0;
    }
    const frame = { x, y, width, height };
    x += width + GAP_PX;
    shelf = Math.max(shelf, height);
    return frame;
  });
  return { frames, height: y + shelf };
}
