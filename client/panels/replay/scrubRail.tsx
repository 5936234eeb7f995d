import { useComputed, useSignalEffect } from "@preact/signals";
import { useRef } from "preact/hooks";
import { clockText } from "../figures.ts";
import type { Playback } from "./playback.ts";

interface ScrubRailProps {
  readonly playback: Playback;
  /** Moments of wrong answers, to be seen from afar. */
  readonly wrongMs: readonly number[];
}

/** The whole match as a rail: dragged with mouse or finger, moved with arrows (see `useKeys`), filled as far as it is filmed. */
export function ScrubRail({ playback, wrongMs }: ScrubRailProps) {
  const rail = useRef<HTMLDivElement>(null);
  const handle = useRef<HTMLDivElement>(null);
  const second = useComputed(() => Math.floor(playback.atMs.value / 1_000));
  const lastsMs = playback.lastsMs.value;
  useSignalEffect(() => {
    const share = playback.atMs.value / Math.max(1, playback.lastsMs.value);
    if (handle.current !== null) handle.current.style.left = `${share * 100}%`;
  });
  const dragTo = (event: PointerEvent): void => {
    const box = rail.current!.getBoundingClientRect();
    playback.seek(((event.clientX - box.left) / box.width) * playback.lastsMs.peek());
  };
  return (
    <div
      class="scrub-rail"
      ref={rail}
      role="slider"
      tabIndex={0}
      aria-label="Moment of the match"
      aria-valuemin={0}
      aria-valuemax={Math.round(lastsMs / 1_000)}
      aria-valuenow={second.value}
      aria-valuetext={`${clockText(second.value * 1_000)} of ${clockText(lastsMs)}`}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        rail.current!.setPointerCapture(event.pointerId);
        playback.drag(true);
        dragTo(event);
      }}
      onPointerMove={(event) => {
        if (rail.current!.hasPointerCapture(event.pointerId)) dragTo(event);
      }}
      onLostPointerCapture={() => playback.drag(false)}
    >
      <span class="rail-filmed" style={{ width: `${(playback.filmedMs.value / Math.max(1, lastsMs)) * 100}%` }} />
      <WrongTicks wrongMs={wrongMs} lastsMs={lastsMs} />
      <div class="rail-handle" ref={handle} />
    </div>
  );
}

function WrongTicks({ wrongMs, lastsMs }: { wrongMs: readonly number[]; lastsMs: number }) {
  if (wrongMs.length === 0) return null;
  return (
    <svg class="rail-wrong" viewBox="0 0 1000 1" preserveAspectRatio="none" aria-hidden="true">
      <path d={wrongMs.map((ms) => `M${((ms / Math.max(1, lastsMs)) * 1_000).toFixed(1)} 0v1`).join("")} />
    </svg>
  );
}
