import * as Phaser from "phaser";
import type { View } from "../../shared/match/view.ts";
import type { Theme } from "../pieces/palette.ts";
import { SANS, SERIF } from "../pieces/stage.ts";
import { Chart } from "./chart.ts";
import { layoutKey } from "./chartLayout.ts";
import type { ChartSettings } from "./chartSettings.ts";
import type { Dispatch } from "./dispatches.ts";
import { type Place, placeAt, placesOf } from "./places.ts";
import type { Focus } from "./shore.ts";

/** What one frame took: script time to move everything and to hand it to the graphics card, in ms, and the boats under way. */
export interface Frame {
  readonly updateMs: number;
  readonly renderMs: number;
  readonly boats: number;
}

/** Longest step of the animation, in ms: after a hidden tab comes back, everything has simply arrived. */
const LONGEST_STEP_MS = 2_000;
/** The one Phaser scene: keeps the newest view and draws a new chart whenever size, theme, letters or level change. */
export class LivingScene extends Phaser.Scene {
  frame: Frame = { updateMs: 0, renderMs: 0, boats: 0 };
  private chart: Chart | null = null;
  private view: View | null = null;
  private messages: readonly Dispatch[] = [];
  private focus: Focus = { place: null, store: -1 };
  private settings: ChartSettings;
  private lettersReady = false;
  /** What of the view the chart is laid out for, and whether another chart is due. */
  private level = "";
  private stale = true;
  private tickedMs = 0;
  private ended = false;

  constructor(options: {
    readonly theme: Theme;
    readonly reducedMotion: boolean;
    readonly everyRequest?: boolean;
    readonly legend?: boolean;
  }) {
    super("map");
    this.settings = {
      width: 1,
      height: 1,
      pixelRatio: 1,
      theme: options.theme,
      calm: options.reducedMotion,
      everyRequest: options.everyRequest === true,
      legend: options.legend !== false,
    };
  }

  create(): void {
    this.cameras.main.setOrigin(0, 0).setZoom(this.settings.pixelRatio);
    let renderedMs = 0;
    this.game.events.on(Phaser.Core.Events.PRE_RENDER, () => {
      renderedMs = performance.now();
    });
    this.game.events.on(Phaser.Core.Events.POST_RENDER, () => {
      this.frame = { ...this.frame, renderMs: performance.now() - renderedMs };
    });
    void lettersLoaded().then(() => {
      this.lettersReady = true;
    });
  }

  /** Phaser's step: draws anew where needed, then moves everything. */
  override update(): void {
    const started = performance.now();
    const deltaMs = Math.min(LONGEST_STEP_MS, started - this.tickedMs);
    this.tickedMs = started;
    if (this.view !== null && this.lettersReady) {
      if (this.stale) this.redraw(this.view);
      this.chart?.tick(started, deltaMs, this.view.phase === "running");
    }
    this.frame = { ...this.frame, updateMs: performance.now() - started, boats: this.chart?.fleet.size ?? 0 };
  }

  show(view: View): void {
    const paceMs = paceOf(view, this.view ?? view);
    if (!this.take(view) || this.chart === null) return;
    this.chart.show(view, this.focus, performance.now());
    if (!document.hidden && paceMs > 0)
      this.chart.sail(view, { paceMs, sinceTickMs: performance.now() - this.tickedMs });
  }

  /** Shows a view without a way from the one before; the boats that `lately` tells of are where they would be by then. */
  jump(view: View, lately: readonly View[]): void {
    if (!this.take(view) || this.chart === null) return;
    this.chart.jump(view, this.focus, performance.now());
    for (const [at, earlier] of lately.entries()) {
      const paceMs = paceOf(lately[at + 1] ?? view, earlier);
      this.chart.sail(earlier, { paceMs, sinceTickMs: 0 });
      this.chart.fleet.tick(paceMs);
    }
  }

  dispatch(messages: readonly Dispatch[]): void {
    this.messages = messages;
    if (!this.stale) this.chart?.dispatch(messages);
  }

  /** Takes leave: whatever is still shown from now on is not drawn. */
  end(): void {
    this.ended = true;
    this.chart = null;
    this.view = null;
  }

  focusOn(change: { readonly place?: string | null; readonly store?: number }): void {
    this.focus = { ...this.focus, ...change };
    if (this.view !== null) this.chart?.show(this.view, this.focus, performance.now());
  }

  setTheme(theme: Theme): void {
    if (theme === this.settings.theme) return;
    this.settings = { ...this.settings, theme };
    this.stale = true;
  }

  resize(width: number, height: number, pixelRatio: number): void {
    const { settings } = this;
    if (settings.width === width && settings.height === height && settings.pixelRatio === pixelRatio) return;
    this.settings = { ...settings, width, height, pixelRatio };
    this.stale = true;
  }

  placeAt(x: number, y: number): string | null {
    return this.chart === null ? null : placeAt(this.chart.layout, { x, y });
  }

  places(): Place[] {
    return this.chart === null || this.view === null ? [] : placesOf(this.view, this.chart.layout, this.focus.store);
  }

  /** Keeps a view; true when the chart that is drawn is one of its level and size. */
  private take(view: View): boolean {
    if (this.ended) return false;
    this.view = view;
    const level = layoutKey(view);
    if (level !== this.level) {
      this.chart?.destroy();
      this.chart = null;
      this.level = level;
      this.stale = true;
    }
    return !this.stale;
  }

  private redraw(view: View): void {
    const settled = this.chart !== null;
    this.chart?.destroy();
    this.stale = false;
    this.cameras.main.setZoom(this.settings.pixelRatio);
    this.chart = new Chart(this, view, this.settings, settled);
    this.chart.show(view, this.focus, performance.now());
    if (this.messages.length > 0) this.chart.dispatch(this.messages);
  }
}

/** Real milliseconds from one view to the next, at the later one's speed. */
function paceOf(view: View, before: View): number {
  return (view.clockMs - before.clockMs) / Math.max(0.1, view.speed);
}

/** Waits for the faces that the chart is lettered in; a face that fails to load is replaced by its fallback. */
async function lettersLoaded(): Promise<void> {
  const faces = [`500 14px ${SANS}`, `700 15px ${SANS}`, `600 20px ${SERIF}`, `italic 600 22px ${SERIF}`];
  await Promise.allSettled(faces.map((face) => document.fonts.load(face)));
}
