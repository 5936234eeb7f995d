import { type Box, overlaps } from "../pieces/curve.ts";
import type { Caption, CaptionLine } from "../pieces/caption.ts";

/** A caption that asks for room on the chart. */
export interface Claim {
  readonly caption: Caption;
  /** Lower goes first: the selected node, then those with trouble, then the rest. */
  readonly rank: number;
  /** Lines it would like to show. */
  readonly wants: readonly CaptionLine[];
}

/** What no caption may cover: the chart's edge is given by its size, and `taken` are names and plates that stay. */
export interface Ground {
  readonly width: number;
  readonly height: number;
  readonly taken: readonly Box[];
  /** Towers and buoys: only second lines keep off them, for a name comes before everything. */
  readonly soft: readonly Box[];
}

/** Gives every caption the lines that fit without covering another's: first all names, then failures, then states. */
export function declutter(claims: readonly Claim[], ground: Ground): void {
  const order = claims.toSorted((a, b) => a.rank - b.rank);
  const given = new Map<Claim, Set<CaptionLine>>(order.map((claim) => [claim, new Set()]));
  const above = new Map<Claim, number>(order.map((claim) => [claim, 0]));
  const taken: Box[] = [...ground.taken];
  for (const line of ["name", "state", "brief", "failing"] as const) {
    for (const claim of order) {
      const wanted =
        line === "brief"
          ? claim.wants.includes("state") && given.get(claim)?.has("state") === false
          : claim.wants.includes(line);
      if (!wanted) continue;
      const room = claim.caption.room(line, above.get(claim) ?? 0);
      if (room === null || !onChart(room, ground)) continue;
      if (taken.some((box) => overlaps(box, room))) continue;
      if (line !== "name" && line !== "failing" && ground.soft.some((box) => overlaps(box, room))) continue;
      taken.push(room);
      given.get(claim)?.add(line);
      above.set(claim, (above.get(claim) ?? 0) + claim.caption.heightOf(line));
    }
  }
  for (const [claim, lines] of given) claim.caption.lay(lines);
}

function onChart(box: Box, ground: Ground): boolean {
  return box.left >= 1 && box.right <= ground.width - 1 && box.top >= 0 && box.bottom <= ground.height - 1;
}
