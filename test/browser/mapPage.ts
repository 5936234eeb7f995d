import { type Frame, type LivingMap, mountMap } from "../../client/scenes/mapScene.ts";
import type { View } from "../../shared/match/view.ts";
import { MAP_SCENES, type MapScene, mapView, movingFlows } from "./mapFixture.ts";

const VIEW_EVERY_MS = 100;

/**
 * Script time per frame, in ms: moving everything (tenth, fiftieth and ninety-fifth percentile) and handing it to the
 * graphics card (median). On a machine that does other work too, the tenth percentile is the figure to compare.
 */
interface Frames {
  readonly updateMsP10: number;
  readonly updateMsP50: number;
  readonly updateMsP95: number;
  readonly renderMsP50: number;
  readonly boats: number;
}

/** What the page offers to tests and to the bench. */
interface MapPage {
  readonly map: LivingMap;
  readonly selected: (string | null)[];
  readonly pinged: string[];
  /** Shows another scene from now on. */
  play(scene: MapScene): void;
  /** Shows one changed view and goes on from it. */
  change(edit: (view: View) => View): void;
  /** Script time per frame over so many frames; see `Frames`. */
  measure(frames: number): Promise<Frames>;
}

declare global {
  interface Window {
    mapPage: MapPage;
  }
}

/** The dev page of the map: `?scene=partition&theme=day&calm&test&every&store=0&select=n4`. */
function openPage(parent: HTMLElement): MapPage {
  const asked = new URLSearchParams(window.location.search);
  const scene = MAP_SCENES.find((name) => name === asked.get("scene")) ?? "partition";
  const selected: (string | null)[] = [];
  const pinged: string[] = [];
  const map = mountMap(parent, {
    theme: asked.get("theme") === "day" ? "day" : "night",
    reducedMotion: asked.has("calm"),
    testMode: asked.has("test"),
    everyRequest: asked.has("every"),
    onSelect: (place) => {
      selected.push(place);
      map.select(place);
    },
    onPing: (place) => pinged.push(place),
  });
  let now = mapView(scene);
  let tick = 0;
  window.setInterval(() => {
    tick += 1;
    now = { ...now, clockMs: now.clockMs + VIEW_EVERY_MS };
    map.show({ ...now, flows: movingFlows(now.flows, tick) });
  }, VIEW_EVERY_MS);
  if (asked.has("store")) map.setSelectedStore(Number(asked.get("store")));
  if (asked.has("select")) map.select(asked.get("select"));
  return {
    map,
    selected,
    pinged,
    play: (name) => {
      now = mapView(name);
    },
    change: (edit) => {
      now = edit(now);
    },
    measure: (frames) => measure(map, frames),
  };
}

/** Reads the map's own account of every frame. */
async function measure(map: LivingMap, frames: number): Promise<Frames> {
  const seen: Frame[] = [];
  for (let at = 0; at < frames; at += 1) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    seen.push(map.frame());
  }
  const share = (times: number[], part: number): number =>
    times.toSorted((a, b) => a - b)[Math.floor(frames * part)] ?? 0;
  const updates = seen.map((frame) => frame.updateMs);
  return {
    updateMsP10: share(updates, 0.1),
    updateMsP50: share(updates, 0.5),
    updateMsP95: share(updates, 0.95),
    renderMsP50: share(
      seen.map((frame) => frame.renderMs),
      0.5,
    ),
    boats: share(
      seen.map((frame) => frame.boats),
      0.5,
    ),
  };
}

const parent = document.querySelector<HTMLElement>("#map");
if (parent === null) throw new Error("map page: there is no element for the map");
window.mapPage = openPage(parent);
