import type { FlowView, View } from "../match/view.ts";
import type { Plain } from "./delta.ts";

/** Numbers per flow on the wire: two places, six counts, the delay. */
const WIDTH = 9;

/**
 * A view as it crosses the socket: flows change all the time, so they travel as one flat list of numbers instead of
 * objects with names (a tenth of the bytes). Places are zones from 0 up and nodes from −1 down.
 * Relation that must hold: `unpackView(packView(view))` equals `view`.
 */
export function packView(view: View): Plain {
  const flows = view.flows.flatMap(({ from, to, reads, writes, retries, refused, lost, replication, delayMs }) => [
    packPlace(from),
    packPlace(to),
    reads,
    writes,
    retries,
    refused,
    lost,
    replication,
    delayMs,
  ]);
  return { ...view, flows } as unknown as Plain;
}

/** The view that was packed. */
export function unpackView(packed: Plain): View {
  const { flows, ...rest } = packed as unknown as Omit<View, "flows"> & { flows: readonly number[] };
  const unpacked: FlowView[] = [];
  for (let at = 0; at < flows.length; at += WIDTH) {
    const [from, to, reads, writes, retries, refused, lost, replication, delayMs] = flows.slice(at, at + WIDTH) as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    unpacked.push({ from: unpackPlace(from), to: unpackPlace(to), reads, writes, retries, refused, lost, replication, delayMs });
  }
  return { ...rest, flows: unpacked };
}

function packPlace(place: string): number {
  const index = Number(place.slice(1));
  return place.startsWith("z") ? index : -1 - index;
}

function unpackPlace(place: number): string {
  return place >= 0 ? `z${place}` : `n${-1 - place}`;
}
