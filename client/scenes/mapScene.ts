import * as Phaser from "phaser";
import type { View } from "../../shared/match/view.ts";
import type { Theme } from "../pieces/palette.ts";
import type { Dispatch } from "./dispatches.ts";
import { type Frame, LivingScene } from "./livingScene.ts";
import type { Place } from "./places.ts";
import { watchPointer } from "./pointer.ts";

export type { Dispatch } from "./dispatches.ts";
export type { Frame } from "./livingScene.ts";

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
  /** False where the chart's own legend would repeat itself. */
  readonly legend?: boolean;
  /** Draws a boat for each request however crowded, for the bench. */
  readonly everyRequest?: boolean;
}

/** The living map: a drawing of the newest view, inside an element that it fills. */
export interface LivingMap {
  show(view: View): void;
  /** Shows a view that does not follow from the one before: nothing moves towards it. `lately` are the views that led to it, oldest first; their boats are under way. */
  jump(view: View, lately: readonly View[]): void;
  /** Draws messages under way as arrows with words, until others are given: what a replay shows while it stands still. */
  dispatch(messages: readonly Dispatch[]): void;
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

/** Charts are painted at no more than this many device pixels per CSS pixel; beyond it, eyes see no difference. */
const PIXEL_RATIO_MAX = 2.5;

/** Starts a map in an element. The element must have a size; the map follows it. */
export function mountMap(parent: HTMLElement, options: MapOptions): LivingMap {
  const scene = new LivingScene(options);
  const pixelRatio = Math.min(PIXEL_RATIO_MAX, window.devicePixelRatio);
  const game = new Phaser.Game({
    type: Phaser.AUTO,
    parent,
    backgroundColor: options.theme === "night" ? "#0A2530" : "#EEF4EE",
    scale: {
      mode: Phaser.Scale.NONE,
      width: Math.max(1, parent.clientWidth) * pixelRatio,
      height: Math.max(1, parent.clientHeight) * pixelRatio,
      zoom: 1 / pixelRatio,
    },
    render:
      options.testMode === true
        ? { antialiasGL: false, maxTextures: 1 }
        : { antialiasGL: false, powerPreference: "low-power" },
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
    jump: (view, lately) => scene.jump(view, lately),
    dispatch: (messages) => scene.dispatch(messages),
    select: (place) => scene.focusOn({ place }),
    setTheme: (theme) => scene.setTheme(theme),
    setSelectedStore: (component) => scene.focusOn({ store: component ?? -1 }),
    places: () => scene.places(),
    frame: () => scene.frame,
    destroy: () => {
      follow.disconnect();
      unwatch();
      scene.end();
      game.destroy(true);
    },
  };
}
