/** The map's code with its one way in. It brings Phaser along, nine tenths of all bytes of the page. */
type MapModule = typeof import("../../scenes/mapScene.ts");

let fetching: Promise<MapModule> | null = null;

/** Begins to fetch the map while people wait; safe to call again, and after a failed try. */
export function fetchMap(): void {
  void loadMap().catch(() => {});
}

/** The map's code, as soon as it is there. */
export function loadMap(): Promise<MapModule> {
  fetching ??= import("../../scenes/mapScene.ts");
  fetching.catch(() => (fetching = null));
  return fetching;
}
