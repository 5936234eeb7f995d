import { type ReadonlySignal, type Signal, useComputed, useSignalEffect } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { View } from "../../../shared/match/view.ts";
import type { Frame } from "../../session/rerun.ts";
import { MapWaiting, useMap } from "../match/map/mountedMap.tsx";
import { PlaceButtons } from "../match/map/placeButtons.tsx";
import { dispatchesOf, seenByOperators } from "./inFlight.ts";
import { joinedFlows } from "./joinedFlows.ts";
import type { Playback } from "./playback.ts";

/** Whose account of a moment a map draws. */
export type Account = "truth" | "monitoring";

interface ReplayMapProps {
  readonly playback: Playback;
  readonly account: ReadonlySignal<Account>;
  readonly selected: Signal<string | null>;
}

/** One account of the match as a living map: it moves while the film runs, and stands still with it. */
export function ReplayMap({ playback, account, selected }: ReplayMapProps) {
  const { parent, map, failed } = useMap({
    legend: false,
    onSelect: (place) => (selected.value = place),
    onPing: () => {},
  });
  const shown = useRef({ jumps: -1, whose: account.peek(), atMs: 0 });
  const second = useComputed(() => Math.floor((playback.frame.value?.atMs ?? 0) / 1_000));
  useSignalEffect(() => {
    const frame = playback.frame.value;
    const jumps = playback.jumps.value;
    const drawn = map.value;
    if (drawn === null || frame === null) return;
    const whose = account.value;
    const follows = jumps === shown.current.jumps && shown.current.whose === whose;
    const passed = follows ? playback.since(shown.current.atMs) : [frame];
    shown.current = { jumps, whose, atMs: frame.atMs };
    const view = { ...asWatched(frame[whose], playback), flows: joinedFlows(passed.map((each) => each[whose].flows)) };
    if (follows) drawn.show(view);
    else
      drawn.jump(
        view,
        playback.lately().map((earlier) => earlier[whose]),
      );
    drawn.dispatch(playback.playing.value ? [] : dispatchesOf(messagesOf(frame, whose), frame.atMs));
  });
  useSignalEffect(() => map.value?.select(selected.value));
  return (
    <div class="replay-map">
      <div class="map-canvas" ref={parent} aria-hidden="true" />
      {map.value === null ? (
        <MapWaiting failed={failed.value} meanwhile="tracks" />
      ) : (
        <PlaceButtons
          map={map.value}
          selected={selected.value ?? ""}
          beat={second.value + playback.jumps.value}
          onSelect={(place) => (selected.value = place)}
        />
      )}
    </div>
  );
}

/** A view of the film at the pace of the film. */
function asWatched(view: View, playback: Playback): View {
  return { ...view, phase: playback.playing.value ? "running" : "paused", speed: playback.speed.value };
}

function messagesOf(frame: Frame, account: Account): Frame["messages"] {
  return account === "truth" ? frame.messages : seenByOperators(frame.messages, frame.monitoring);
}
