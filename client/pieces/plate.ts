import type * as Phaser from "phaser";
import { type LayerName, painted, type Stage } from "./stage.ts";
import { say, write, type Writing } from "./words.ts";

/** How a plate looks: its lines of writing, fill and rule, and what is drawn on it besides words. */
export interface PlateStyle {
  readonly lines: readonly Omit<Writing, "bare">[];
  readonly fill: string;
  readonly rule: string;
  /** A cross before the words, so that failing is told by shape too. */
  readonly sign?: "cross";
  /** A tip that points at what is meant, up or down from the plate. */
  readonly tip?: "up" | "down";
  /** Room round the words in CSS pixels; a tight plate by default. */
  readonly padding?: number;
  /** Corner radius in CSS pixels; half the height by default. */
  readonly radius?: number;
}

let plates = 0;

/** Words on a small plate that grows with them: failing badges, the partition's plate, what a ping says. */
export class Plate {
  private readonly stage: Stage;
  private readonly layer: LayerName;
  private readonly style: PlateStyle;
  private readonly texts: readonly Phaser.GameObjects.Text[];
  private readonly key: string;
  private board: Phaser.GameObjects.Image | null = null;
  private at = { x: 0, y: 0 };
  private shown = true;
  width = 0;
  height = 0;

  constructor(stage: Stage, layer: LayerName, style: PlateStyle) {
    plates += 1;
    this.key = `plate-${plates}`;
    this.stage = stage;
    this.layer = layer;
    this.style = style;
    this.texts = style.lines.map((line) => write(stage, layer, { ...line, bare: true }));
  }

  /** Changes the words; true when the plate changed. */
  tell(lines: readonly string[]): boolean {
    let changed = false;
    for (const [at, text] of this.texts.entries()) changed = say(text, lines[at] ?? "") || changed;
    if (changed) this.fit();
    return changed;
  }

  setPosition(x: number, y: number): this {
    this.at = { x, y };
    const shift = this.style.sign === undefined ? 0 : this.signWidth() / 2;
    const heights = this.texts.map((text) => text.height - 4);
    let top = y - heights.reduce((sum, height) => sum + height, 0) / 2;
    for (const [at, text] of this.texts.entries()) {
      text.setPosition(x + shift, top + (heights[at] ?? 0) / 2);
      top += heights[at] ?? 0;
    }
    this.board?.setPosition(x - this.width / 2 - 2, y - this.height / 2 - this.tipRoom() - 2);
    return this;
  }

  setVisible(shown: boolean): this {
    this.shown = shown;
    this.board?.setVisible(shown);
    for (const text of this.texts) text.setVisible(shown);
    return this;
  }

  setAlpha(alpha: number): this {
    this.board?.setAlpha(alpha);
    for (const text of this.texts) text.setAlpha(alpha);
    return this;
  }

  destroy(): void {
    this.board?.destroy();
    for (const text of this.texts) text.destroy();
  }

  private fit(): void {
    const { style, texts } = this;
    const padding = style.padding ?? 3;
    const words = Math.max(...texts.map((text) => text.width - 4));
    const width = Math.ceil((words + this.signWidth() + padding * 2 + 12) / 4) * 4;
    const height = Math.ceil(texts.reduce((sum, text) => sum + text.height - 4, 0) + padding * 2);
    if (width !== this.width || height !== this.height) {
      this.width = width;
      this.height = height;
      this.board?.destroy();
      const room = this.tipRoom();
      const area = { key: this.key, left: -2, top: -2 - room, width: width + 4, height: height + 4 + room * 2 };
      this.board = painted(this.stage, this.layer, area, (brush) => this.paint(brush)).setVisible(this.shown);
      for (const text of texts) this.stage.layers[this.layer].bringToTop(text);
    }
    this.setPosition(this.at.x, this.at.y);
  }

  private paint(brush: CanvasRenderingContext2D): void {
    const { style, width, height } = this;
    brush.fillStyle = style.fill;
    brush.strokeStyle = style.rule;
    brush.lineWidth = 1.5;
    brush.beginPath();
    brush.roundRect(0.75, 0.75, width - 1.5, height - 1.5, style.radius ?? height / 2);
    brush.stroke();
    if (style.tip !== undefined) {
      const edge = style.tip === "up" ? 1 : height - 1;
      const reach = style.tip === "up" ? -7 : 7;
      brush.moveTo(width / 2 - 6, edge);
      brush.lineTo(width / 2, edge + reach);
      brush.lineTo(width / 2 + 6, edge);
    }
    brush.fill();
    if (style.sign === undefined) return;
    const size = this.signWidth() * 0.3;
    brush.translate((style.padding ?? 3) + 6 + size, height / 2);
    brush.strokeStyle = style.lines[0]?.colour ?? style.rule;
    brush.lineWidth = 2.4;
    brush.lineCap = "round";
    brush.stroke(new Path2D(`M${-size} ${-size} L${size} ${size} M${size} ${-size} L${-size} ${size}`));
  }

  private signWidth(): number {
    return this.style.sign === undefined ? 0 : (this.style.lines[0]?.size ?? 14) * 0.95;
  }

  private tipRoom(): number {
    return this.style.tip === undefined ? 0 : 8;
  }
}
