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

/** How far a caption may be moved down, in CSS pixels, before its name is given up. */
const DROPS_PX = [0, 7, 14];

/** What a caption was given so far. */
interface Grant {
  readonly lines: Set<CaptionLine>;
  dropPx: number;
  /** Height of the lines given so far, with the drop. */
  below: number;
}

/** Gives every caption the lines that fit without covering another's: first all names, then states, then failures. */
export function declutter(claims: readonly Claim[], ground: Ground): void {
  const order = claims.toSorted((a, b) => a.rank - b.rank);
  const taken: Box[] = [...ground.taken];
  const grants = order.map((): Grant => ({ lines: new Set(), dropPx: 0, below: 0 }));
  for (const line of ["name", "state", "brief", "failing"] as const) {
    for (const [at, claim] of order.entries()) {
      const grant = grants[at];
      if (grant === undefined || !wanted(line, claim, grant)) continue;
      const drop = (line === "name" ? DROPS_PX : [0]).find((px) => fits(line, claim, { grant, px, ground, taken }));
      const room = drop === undefined ? null : claim.caption.room(line, grant.below + drop);
      if (drop === undefined || room === null) continue;
      taken.push(room);
      grant.lines.add(line);
      grant.dropPx += drop;
      grant.below += drop + claim.caption.heightOf(line);
    }
  }
  for (const [at, claim] of order.entries()) claim.caption.lay(grants[at]?.lines ?? new Set(), grants[at]?.dropPx ?? 0);
}

/** The brief form of a state is wanted where its whole form did not fit. */
function wanted(line: CaptionLine, claim: Claim, grant: Grant): boolean {
  return line === "brief" ? claim.wants.includes("state") && !grant.lines.has("state") : claim.wants.includes(line);
}

function fits(
  line: CaptionLine,
  claim: Claim,
  where: { readonly grant: Grant; readonly px: number; readonly ground: Ground; readonly taken: readonly Box[] },
): boolean {
  const { ground } = where;
  const room = claim.caption.room(line, where.grant.below + where.px);
  if (room === null || !onChart(room, ground)) return false;
  if (where.taken.some((box) => overlaps(box, room))) return false;
  return line === "name" || line === "failing" || !ground.soft.some((box) => overlaps(box, room));
}

function onChart(box: Box, ground: Ground): boolean {
  return box.left >= 1 && box.right <= ground.width - 1 && box.top >= 0 && box.bottom <= ground.height - 1;
}
