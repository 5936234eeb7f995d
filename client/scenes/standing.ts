import type { Point } from "../pieces/curve.ts";
import type { Land } from "../pieces/island.ts";
import { TOWER_HEIGHT } from "../pieces/tower.ts";

/** Room that one lighthouse with its words takes at scale 1, in chart units. */
const CELL_WIDTH = 104;
const CELL_HEIGHT = 118;
/** The share of an island's width and height that carries lighthouses; the rest is coast. */
const USABLE_WIDTH = 0.8;
const USABLE_HEIGHT = 0.86;

interface Grid {
  readonly columns: number;
  readonly rows: number;
  readonly scale: number;
}

/** The largest scale at which every island still has room for its lighthouses, never above `most`. */
export function towerScale(islands: readonly { readonly land: Land; readonly nodes: number }[], most: number): number {
  return islands.reduce(
    (scale, { land, nodes }) => (nodes === 0 ? scale : Math.min(scale, bestGrid(land, nodes).scale)),
    most,
  );
}

/** The foot of each of an island's lighthouses, in order, in rows that lean a little so that it looks grown, not built. */
export function standingOn(land: Land, nodes: number, scale: number): Point[] {
  if (nodes === 0) return [];
  const { columns, rows } = bestGrid(land, nodes);
  const cellWidth = (2 * land.radiusX * USABLE_WIDTH) / columns;
  const cellHeight = (2 * land.radiusY * USABLE_HEIGHT) / rows;
  const spare = Math.max(0, cellHeight - CELL_HEIGHT * scale);
  const lean = rows === 1 ? Math.min(spare * 0.5, 13 * scale) + 3 * scale : Math.min(5 * scale, cellHeight * 0.06);
  return Array.from({ length: nodes }, (_, at) => {
    const row = Math.floor(at / columns);
    const inRow = Math.min(columns, nodes - row * columns);
    const column = at - row * columns;
    return {
      x: land.centre.x + (column - (inRow - 1) / 2) * cellWidth,
      y:
        land.centre.y +
        (row - (rows - 1) / 2) * cellHeight +
        (TOWER_HEIGHT * 0.5 - 18) * scale +
        (inRow === 1 ? 0 : column % 2 === 0 ? -lean : lean),
    };
  });
}

function bestGrid(land: Land, nodes: number): Grid {
  const grids = Array.from({ length: nodes }, (_, at): Grid => {
    const columns = at + 1;
    const rows = Math.ceil(nodes / columns);
    const scale = Math.min(
      (2 * land.radiusX * USABLE_WIDTH) / (columns * CELL_WIDTH),
      (2 * land.radiusY * USABLE_HEIGHT) / (rows * CELL_HEIGHT),
    );
    return { columns, rows, scale };
  });
  return grids.reduce((best, grid) => (grid.scale > best.scale ? grid : best));
}
