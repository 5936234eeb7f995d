import type { FlowView } from "../../../shared/match/view.ts";

/** What went from place to place over several frames, as one frame would tell it; delays are those of the newest. */
export function joinedFlows(frames: readonly (readonly FlowView[])[]): readonly FlowView[] {
  if (frames.length === 1) return frames[0]!;
  const joined = new Map<string, FlowView>();
  for (const flow of frames.flat()) {
    const way = `${flow.from} ${flow.to}`;
    const before = joined.get(way);
    joined.set(way, before === undefined ? flow : added(before, flow));
  }
  return [...joined.values()];
}

function added(a: FlowView, b: FlowView): FlowView {
  return {
    ...b,
    reads: a.reads + b.reads,
    writes: a.writes + b.writes,
    retries: a.retries + b.retries,
    refused: a.refused + b.refused,
    lost: a.lost + b.lost,
    replication: a.replication + b.replication,
  };
}
