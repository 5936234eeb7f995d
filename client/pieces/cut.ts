import { distance, inBox, type Point, within } from "./curve.ts";
import { boxOf, type Land } from "./island.ts";

/** Spacing of the grid on which distances to the sides are kept, in CSS pixels. */
const CELL_PX = 14;
/** The grid reaches this far past the chart's edges, so that fog runs off the chart. */
const MARGIN_PX = 84;

/**
 * The sea between the sides of a partition. At every point it knows how far the nearest side's coast is and how much
 * farther the next side's is: where the two are alike, the cut runs.
 */
export class Cut {
  private readonly columns: number;
  private readonly rows: number;
  private readonly nearest: Float32Array;
  private readonly lead: Float32Array;

  /** `sides` are the lands of each side; there must be two sides or more. */
  constructor(sides: readonly (readonly Land[])[], width: number, height: number) {
    this.columns = Math.ceil((width + 2 * MARGIN_PX) / CELL_PX) + 1;
    this.rows = Math.ceil((height + 2 * MARGIN_PX) / CELL_PX) + 1;
    this.nearest = new Float32Array(this.columns * this.rows);
    this.lead = new Float32Array(this.columns * this.rows);
    for (let row = 0; row < this.rows; row += 1) {
      for (let column = 0; column < this.columns; column += 1) {
        const point = { x: column * CELL_PX - MARGIN_PX, y: row * CELL_PX - MARGIN_PX };
        const [first = Infinity, second = Infinity] = sides
          .map((side) => toSide(point, side))
          .toSorted((a, b) => a - b);
        this.nearest[row * this.columns + column] = first;
        this.lead[row * this.columns + column] = second - first;
      }
    }
  }

  /** Distance to the nearest side's coast, in CSS pixels. */
  coastPx(x: number, y: number): number {
    return this.nearest[this.cell(x, y)] ?? 0;
  }

  /** How much nearer the nearest side is than the next one, in CSS pixels: 0 on the cut itself. */
  leadPx(x: number, y: number): number {
    return this.lead[this.cell(x, y)] ?? Infinity;
  }

  /** How far a beam gets from a point before it meets the cut, at most `reachPx`. */
  clearPx(from: Point, alongX: number, alongY: number, reachPx: number, widthPx: number): number {
    for (let way = CELL_PX; way < reachPx; way += CELL_PX) {
      if (this.leadPx(from.x + alongX * way, from.y + alongY * way) < widthPx) return way;
    }
    return reachPx;
  }

  /** The points of the grid with their distances, row by row. */
  *points(): Generator<Point & { coastPx: number; leadPx: number }> {
    for (let at = 0; at < this.nearest.length; at += 1) {
      const x = (at % this.columns) * CELL_PX - MARGIN_PX;
      const y = Math.floor(at / this.columns) * CELL_PX - MARGIN_PX;
      yield { x, y, coastPx: this.nearest[at] ?? 0, leadPx: this.lead[at] ?? Infinity };
    }
  }

  private cell(x: number, y: number): number {
    const column = Math.min(this.columns - 1, Math.max(0, Math.round((x + MARGIN_PX) / CELL_PX)));
    const row = Math.min(this.rows - 1, Math.max(0, Math.round((y + MARGIN_PX) / CELL_PX)));
    return row * this.columns + column;
  }
}

/** Distance from a point to a side's nearest coast; 0 on its land. */
function toSide(point: Point, side: readonly Land[]): number {
  let nearest = Infinity;
  for (const land of side) {
    if (inBox(point, boxOf(land)) && within(point, land.outline)) return 0;
    for (let at = 0; at < land.outline.length; at += 3)
      nearest = Math.min(nearest, distance(point, land.outline[at] ?? land.centre));
  }
  return nearest;
}
