import type * as Phaser from "phaser";
import type { Cut } from "./cut.ts";
import { faded, type Palette } from "./palette.ts";
import { seeded } from "./seeded.ts";
import { painted, type Stage } from "./stage.ts";

const ROLL_IN_MS = 900;
const LIFT_MS = 600;
const DRIFT_PERIOD_MS = 12_000;
const DRIFT_PX = 6;
/** The bank in layers from behind to the front: how wide, in chart units of lead on either side of the cut, and how dense. */
const BANKS = [
  { width: 150, puff: 78, density: 0.5, drift: 1 },
  { width: 104, puff: 60, density: 0.66, drift: -0.7 },
  { width: 58, puff: 46, density: 0.8, drift: 0.5 },
] as const;

/** Width of the bank of a cut in one direction only, as a share of a full one. */
const THIN = 0.5;

/** Within this lead of the cut, in chart units, a beam ends and a route counts as fogged. */
export const FOG_LEAD = 96;

/** A fog bank along a cut, painted once in layers that drift over each other. The cut itself is in force before it is seen. */
export class Fog {
  private readonly layers: Phaser.GameObjects.Image[];
  private readonly stage: Stage;
  private readonly bornMs: number;
  private liftedMs = -1;

  /** `thin` for a cut in one direction only. `bornMs` may lie in the past: then the bank is there at once. */
  constructor(stage: Stage, cut: Cut, options: { thin: boolean; bornMs: number }) {
    this.stage = stage;
    this.bornMs = options.bornMs;
    const narrow = options.thin ? THIN : 1;
    const area = { left: -20, top: -20, width: stage.width + 40, height: stage.height + 40 };
    this.layers = BANKS.map((full) => ({
      ...full,
      width: full.width * narrow,
      puff: full.puff * Math.sqrt(narrow),
    })).map((bank, at) =>
      painted(stage, "fog", { key: `fog-${at}-${options.bornMs}`, ...area }, (brush) => {
        if (stage.palette.theme === "night") paintSoft(brush, stage, cut, bank);
        else paintScalloped(brush, stage, cut, { ...bank, front: at === BANKS.length - 1 });
        if (at === BANKS.length - 1) paintFogWaves(brush, stage, cut, bank.width);
      }).setAlpha(0),
    );
  }

  /** Starts to lift; `tick` answers true once it is gone. */
  lift(nowMs: number): void {
    if (this.liftedMs < 0) this.liftedMs = nowMs;
  }

  tick(nowMs: number): boolean {
    const rolled = this.stage.calm ? 1 : Math.min(1, (nowMs - this.bornMs) / ROLL_IN_MS);
    const eased = 1 - (1 - rolled) ** 3;
    const gone = this.liftedMs < 0 ? 0 : Math.min(1, (nowMs - this.liftedMs) / LIFT_MS);
    for (const [at, image] of this.layers.entries()) {
      const bank = BANKS[at] ?? BANKS[0];
      const swing = this.stage.calm
        ? 0
        : Math.sin((nowMs / DRIFT_PERIOD_MS) * Math.PI * 2 + at) * DRIFT_PX * bank.drift;
      const arriving = this.stage.calm ? 0 : (1 - eased) * 60 * bank.drift;
      image.setPosition(-20 + swing + arriving, -20 + swing * 0.35 - gone * 14).setAlpha(eased * (1 - gone));
    }
    return gone >= 1;
  }

  destroy(): void {
    for (const image of this.layers) image.destroy();
  }
}

interface Bank {
  readonly width: number;
  readonly puff: number;
  readonly density: number;
}

/** By night: soft puffs whose light adds up towards the middle of the bank. */
function paintSoft(brush: CanvasRenderingContext2D, stage: Stage, cut: Cut, bank: Bank): void {
  const { palette, unit } = stage;
  const random = seeded(`fog ${bank.width}`);
  const puff = softPuff(bank.density > 0.9 ? palette.fogCore : palette.fog);
  for (const point of cut.points()) {
    const close = 1 - point.leadPx / (bank.width * unit);
    const roll = random();
    const lump = random();
    if (close <= 0 || roll > 0.4 || point.coastPx === 0) continue;
    const radius = Math.min(bank.puff * unit * (1.2 - lump * 0.6), point.coastPx * 0.95 + 10);
    brush.globalAlpha = bank.density * Math.min(1, close * 1.6) * (0.03 + 0.34 * lump * lump * lump);
    brush.drawImage(puff, point.x - radius, point.y - radius * 0.92, radius * 2, radius * 1.84);
  }
  brush.globalAlpha = 1;
}

function softPuff(colour: string): HTMLCanvasElement {
  const size = 96;
  const canvas = document.createElement("canvas");
  canvas.width = size;
  canvas.height = size;
  const brush = canvas.getContext("2d");
  if (brush === null) throw new Error("fog: this browser has no 2D canvas");
  const light = brush.createRadialGradient(size / 2, size / 2, 0, size / 2, size / 2, size / 2);
  light.addColorStop(0, faded(colour, 1));
  light.addColorStop(0.45, faded(colour, 0.6));
  light.addColorStop(1, faded(colour, 0));
  brush.fillStyle = light;
  brush.fillRect(0, 0, size, size);
  return canvas;
}

/** By day: billows with a drawn outline, as on an old chart: all outlines first, then all fills. */
function paintScalloped(
  brush: CanvasRenderingContext2D,
  stage: Stage,
  cut: Cut,
  bank: Bank & { front: boolean },
): void {
  const { palette, unit } = stage;
  const random = seeded(`billows ${bank.width}`);
  const billows: { x: number; y: number; radius: number }[] = [];
  for (const point of cut.points()) {
    const close = 1 - point.leadPx / (bank.width * 0.78 * unit);
    const lump = random();
    if (close <= 0) continue;
    const radius = Math.min(bank.puff * unit * (0.36 + lump * 0.28), point.coastPx * 0.8);
    if (point.coastPx === 0) continue;
    const room = billows.every(
      (other) => Math.hypot(other.x - point.x, other.y - point.y) > Math.min(radius, other.radius) * 0.72,
    );
    if (room && radius > 5) billows.push({ x: point.x, y: point.y, radius });
  }
  const line = bank.front ? 2.2 : 1.2;
  brush.fillStyle = bank.front ? palette.outline : faded(palette.ink2, 0.9);
  for (const billow of billows) disc(brush, billow.x, billow.y, billow.radius + line * Math.max(0.8, unit));
  brush.fillStyle = bank.front ? palette.fogCore : palette.fog;
  for (const billow of billows) disc(brush, billow.x, billow.y, billow.radius);
}

function disc(brush: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  brush.beginPath();
  brush.arc(x, y, radius, 0, Math.PI * 2);
  brush.fill();
}

/** Wave strokes on the bank, so that fog differs from sea by pattern and not by brightness alone. */
function paintFogWaves(brush: CanvasRenderingContext2D, stage: Stage, cut: Cut, width: number): void {
  const { palette, unit } = stage;
  const random = seeded("fog waves");
  brush.strokeStyle = faded(palette.fogWave, waveStrength(palette));
  brush.lineWidth = 1.4;
  brush.lineCap = "round";
  const drawn: { x: number; y: number }[] = [];
  for (const point of cut.points()) {
    const chosen = random() < 0.5;
    if (!chosen || point.leadPx > width * unit * 1.1 || point.coastPx < 16 * unit) continue;
    if (drawn.some((other) => Math.hypot((other.x - point.x) * 0.7, (other.y - point.y) * 1.3) < 30 * unit)) continue;
    drawn.push(point);
    brush.save();
    brush.translate(point.x, point.y);
    brush.scale(unit, unit);
    brush.stroke(new Path2D("M-9 1.4 C-7 -2.6 -3.6 -3 -1 0 C1.6 3 5 2.6 9 -0.4"));
    brush.restore();
  }
}

function waveStrength(palette: Palette): number {
  return palette.theme === "night" ? 0.5 : 0.85;
}
