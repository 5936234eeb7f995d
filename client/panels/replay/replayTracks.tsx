import { useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { arrowed } from "../../marks/arrow.tsx";
import { Buoy } from "../../marks/buoy.tsx";
import { OperatorMark } from "../../marks/operator.tsx";
import { SeverityMark } from "../../marks/severity.tsx";
import { lanesOf } from "../debrief/lanes.ts";
import { Axis, Track } from "../debrief/track.tsx";
import { clockText, countText } from "../figures.ts";
import { fitWords, type WordsSide } from "./fitted.ts";
import type { Playback } from "./playback.ts";
import type { Happening, Player, Row } from "./rows.ts";

/** Height of a track, in CSS pixels. */
const LANE_PX = 20;

interface ReplayTracksProps {
  readonly playback: Playback;
  readonly rows: readonly Row[];
}

/** What happened and who did what, under the film on one axis of time; a tap on anything goes there. */
export function ReplayTracks({ playback, rows }: ReplayTracksProps) {
  const all = useRef<HTMLDivElement>(null);
  const widthPx = useSignal(0);
  useEffect(() => {
    const axis = all.current!.querySelector(".axis")!;
    const measure = new ResizeObserver(() => (widthPx.value = axis.clientWidth));
    measure.observe(axis);
    return () => measure.disconnect();
  }, []);
  useSignalEffect(() => {
    const share = playback.atMs.value / Math.max(1, playback.lastsMs.value);
    all.current?.style.setProperty("--at", String(share));
    keepInSight(all.current, share);
  });
  const lastsMs = Math.max(1, playback.lastsMs.value);
  const goTo = (event: MouseEvent): void => {
    if ((event.target as Element).closest("button") !== null) return;
    const axis = all.current!.querySelector(".axis")!.getBoundingClientRect();
    playback.seek(((event.clientX - axis.left) / axis.width) * lastsMs);
  };
  return (
    <div class="replay-tracks" tabIndex={0} role="group" aria-label="Tracks">
      <div class="replay-tracks-all" ref={all} onClick={goTo}>
        {rows.map((row) => (
          <RowTrack key={row.title} row={row} lastsMs={lastsMs} widthPx={widthPx.value} onSeek={playback.seek} />
        ))}
        <Axis lastsMs={lastsMs} />
        <div class="playhead" aria-hidden="true" />
      </div>
    </div>
  );
}

/** On a narrow screen the tracks scroll sideways: they follow the playhead when it leaves. */
function keepInSight(all: HTMLElement | null, share: number): void {
  const frame = all?.parentElement;
  const axis = all?.querySelector<HTMLElement>(".axis");
  if (!frame || !axis || frame.scrollWidth <= frame.clientWidth) return;
  const x = axis.offsetLeft + share * axis.clientWidth;
  const from = frame.scrollLeft + axis.offsetLeft;
  const until = frame.scrollLeft + frame.clientWidth;
  if (x < from || x > until - 20) frame.scrollLeft = x - axis.offsetLeft - (until - from) * 0.3;
}

interface RowTrackProps {
  readonly row: Row;
  readonly lastsMs: number;
  readonly widthPx: number;
  onSeek(ms: number): void;
}

function RowTrack({ row, lastsMs, widthPx, onSeek }: RowTrackProps) {
  const placed = lanesOf(row.happenings, ({ fromMs, untilMs }) => ({
    from: fromMs / lastsMs,
    to: untilMs / lastsMs,
    letters: 0,
  })).map((one) => ({ ...one, lane: one.item.kind === "fault" ? one.lane : 0 }));
  const sides = new Map<Happening, WordsSide>();
  for (const lane of new Set(placed.map((one) => one.lane))) {
    const together = placed.filter((one) => one.lane === lane);
    const fits = fitWords(
      together.map(({ item, from, to }) => ({ from, to, letters: item.words.length })),
      widthPx,
    );
    for (const [at, { item }] of together.entries()) sides.set(item, fits[at]!);
  }
  return (
    <Track
      name={<RowName row={row} />}
      items={placed}
      lanePx={LANE_PX}
      draw={({ item, from, to }) => (
        <button
          type="button"
          tabIndex={-1}
          class={`happening happening-${item.kind} words-${sides.get(item) ?? "none"}`}
          title={`${clockText(item.fromMs)} ${item.words}`}
          onClick={() => onSeek(item.fromMs)}
        >
          <span class="spoken">{`To ${clockText(item.fromMs)}: ${item.by} `}</span>
          <Mark happening={item} player={row.player} width={to - from} />
          <span class="words">{arrowed(item.words)}</span>
          {item.refused === true && <span class="spoken"> (refused)</span>}
        </button>
      )}
    />
  );
}

function RowName({ row: { title, count, player } }: { row: Row }) {
  if (player === null) {
    return (
      <>
        <span>{title}</span>
        {count > 0 && (
          <b class="row-count mono">
            {countText(count)}
            <span class="spoken"> wrong answers</span>
          </b>
        )}
      </>
    );
  }
  return (
    <>
      <OperatorMark name={player.name} role={player.role} bot={player.bot} size={19} /> {title}
    </>
  );
}

/** Faults and wrong answers last, as stripes; alerts and acts are moments. */
function Mark({ happening, player, width }: { happening: Happening; player: Player | null; width: number }) {
  const lasting = { width: `max(10px, ${width * 100}cqw)` };
  switch (happening.kind) {
    case "fault":
      return <span class={happening.cut === true ? "fault-stripe cut" : "fault-stripe"} style={lasting} />;
    case "wrong":
      return (
        <>
          {happening.first === true && (
            <svg class="row-buoy" viewBox="-20 -36 40 43" width="22" height="24" aria-hidden="true">
              <Buoy />
            </svg>
          )}
          <span class="wrong-stripe" style={lasting} />
        </>
      );
    case "alert":
      return <SeverityMark severity={happening.severity ?? 3} />;
    case "act":
      return (
        <Diamond role={player?.role ?? "lead"} hollow={player?.bot ?? false} crossed={happening.refused === true} />
      );
  }
}

/** An act: a diamond in the operator's colour, hollow for a bot, crossed where it was refused. */
function Diamond({ role, hollow, crossed }: { role: string; hollow: boolean; crossed: boolean }) {
  return (
    <svg class={`diamond role-${role}`} viewBox="-10 -10 20 20" width="18" height="18" aria-hidden="true">
      <path class={hollow ? "hollow" : ""} d="M0-7.4L7.4 0 0 7.4-7.4 0z" />
      {crossed && <path class="refusal" d="M-8-8L8 8M8-8L-8 8" />}
    </svg>
  );
}
