import * as Phaser from "phaser";
import type { View } from "../../shared/match/view.ts";
import type { Theme } from "../pieces/palette.ts";
import { SANS, SERIF } from "../pieces/stage.ts";
import { Chart, type ChartSettings, type Focus } from "./chart.ts";
import { layoutKey } from "./chartLayout.ts";
import { type Place, placeAt, placesOf } from "./places.ts";
import { watchPointer } from "./pointer.ts";

/** How a map starts and whom it tells what the player did. */
export interface MapOptions {
  readonly theme: Theme;
  readonly reducedMotion: boolean;
  /** A place was tapped (`n2`, `z0`, `l1`), or open water (null). */
  onSelect(place: string | null): void;
  /** A place was held, or clicked with the second button. */
  onPing(place: string): void;
  /** Cheaper drawing for browsers without a graphics card, as in tests. */
  readonly testMode?: boolean;
  /** Draws a boat for each request however crowded, for the bench. */
  readonly everyRequest?: boolean;
}

/** The living map: a drawing of the newest view, inside an element that it fills. */
export interface LivingMap {
  show(view: View): void;
  select(place: string | null): void;
  setTheme(theme: Theme): void;
  /** Rings the replicas of a store, by its index in `components`; null for none. */
  setSelectedStore(component: number | null): void;
  /** Every place with its position in CSS pixels from the map's corner; empty before the first view. */
  places(): Place[];
  /** What the last frame took: what the bench measures. */
  frame(): Frame;
  destroy(): void;
}

/** What one frame took: script time to move everything and to hand it to the graphics card, in ms, and the boats under way. */
export interface Frame {
  readonly updateMs: number;
  readonly renderMs: number;
  readonly boats: number;
}

/** Longest step of the animation, in ms: after a hidden tab comes back, everything has simply arrived. */
const LONGEST_STEP_MS = 2_000;
/** Charts are painted at no more than this many device pixels per CSS pixel; beyond it, eyes see no difference. */
const PIXEL_RATIO_MAX = 2.5;

/** Starts a map in an element. The element must have a size; the map follows it. */
export function mountMap(parent: HTMLElement, options: MapOptions): LivingMap {
  const scene = new MapScene(options);
  const pixelRatio = Math.min(PIXEL_RATIO_MAX, window.devicePixelRatio);
  const game = new Phaser.Game({
    type: Phaser.AUTO,
    parent,
    backgroundColor: options.theme === "night" ? "#0A2530" : "#EEF4EE",
    scale: { mode: Phaser.Scale.NONE, width: Math.max(1, parent.clientWidth) * pixelRatio, height: Math.max(1, parent.clientHeight) * pixelRatio, zoom: 1 / pixelRatio },
    render: options.testMode === true ? { antialiasGL: false, maxTextures: 1 } : { antialiasGL: false, powerPreference: "low-power" },
    input: { keyboard: false, mouse: false, touch: false, gamepad: false },
    audio: { noAudio: true },
    banner: false,
    scene,
  });
  const follow = new ResizeObserver(() => {
    const width = Math.max(1, parent.clientWidth);
    const height = Math.max(1, parent.clientHeight);
    game.scale.resize(width * pixelRatio, height * pixelRatio);
    scene.resize(width, height, pixelRatio);
  });
  follow.observe(parent);
  scene.resize(Math.max(1, parent.clientWidth), Math.max(1, parent.clientHeight), pixelRatio);
  const unwatch = watchPointer(parent, {
    tap: (at) => options.onSelect(scene.placeAt(at.x, at.y)),
    hold: (at) => {
      const place = scene.placeAt(at.x, at.y);
      if (place !== null) options.onPing(place);
    },
    hover: (at) => {
      parent.style.cursor = scene.placeAt(at.x, at.y) === null ? "" : "pointer";
    },
  });
  return {
    show: (view) => scene.show(view),
    select: (place) => scene.focusOn({ place }),
    setTheme: (theme) => scene.setTheme(theme),
    setSelectedStore: (component) => scene.focusOn({ store: component ?? -1 }),
    places: () => scene.places(),
    frame: () => scene.frame,
    destroy: () => {
      follow.disconnect();
      unwatch();
      game.destroy(true);
    },
  };
}

/** The one Phaser scene: keeps the newest view and draws a new chart whenever size, theme, letters or level change. */
class MapScene extends Phaser.Scene {
  frame: Frame = { updateMs: 0, renderMs: 0, boats: 0 };
  private chart: Chart | null = null;
  private view: View | null = null;
  private focus: Focus = { place: null, store: -1 };
  private settings: ChartSettings;
  private lettersReady = false;
  /** What of the view the chart is laid out for, and whether another chart is due. */
  private level = "";
  private stale = true;
  private tickedMs = 0;

  constructor(options: MapOptions) {
    super("map");
    this.settings = { width: 1, height: 1, pixelRatio: 1, theme: options.theme, calm: options.reducedMotion, everyRequest: options.everyRequest === true };
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
    const paceMs = (view.clockMs - (this.view?.clockMs ?? view.clockMs)) / Math.max(0.1, view.speed);
    this.view = view;
    const level = layoutKey(view);
    if (level !== this.level) {
      this.chart?.destroy();
      this.chart = null;
      this.level = level;
      this.stale = true;
    }
    if (this.chart === null || this.stale) return;
    this.chart.show(view, this.focus, performance.now());
    if (!document.hidden && paceMs > 0) this.chart.sail(view, { paceMs, sinceTickMs: performance.now() - this.tickedMs });
  }

  focusOn(change: { readonly place?: string | null; readonly store?: number }): void {
    this.focus = { ...this.focus, ...change };
    if (this.view !== null) this.chart?.show(this.view, this.focus, performance.now());
  }

  setTheme(theme: Theme): void {
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

  private redraw(view: View): void {
    const settled = this.chart !== null;
    this.chart?.destroy();
    this.stale = false;
    this.cameras.main.setZoom(this.settings.pixelRatio);
    this.chart = new Chart(this, view, this.settings, settled);
    this.chart.show(view, this.focus, performance.now());
  }
}

/** Waits for the faces that the chart is lettered in; a face that fails to load is replaced by its fallback. */
async function lettersLoaded(): Promise<void> {
  const faces = [`500 14px ${SANS}`, `700 15px ${SANS}`, `600 20px ${SERIF}`, `italic 600 22px ${SERIF}`];
  await Promise.allSettled(faces.map((face) => document.fonts.load(face)));
}
