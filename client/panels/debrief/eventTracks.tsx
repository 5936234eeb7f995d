import type { TimelineView } from "../../../shared/match/debrief.ts";
import { arrowed } from "../../marks/arrow.tsx";
import { SeverityMark } from "../../marks/severity.tsx";
import { lanesOf } from "./lanes.ts";
import { Track } from "./track.tsx";

/** The faults of a match as bars. */
export function FaultTrack({ faults, lastsMs }: Pick<TimelineView, "faults" | "lastsMs">) {
  const items = lanesOf(faults, ({ fromMs, untilMs, text }) => ({
    from: fromMs / lastsMs,
    to: untilMs / lastsMs,
    letters: text.length,
  }));
  return (
    <Track
      name="Faults"
      items={items}
      draw={({ item, from, to }) => (
        <span
          class={/partition|cut/i.test(item.text) ? "fault cut" : "fault"}
          style={{ width: `max(14px, ${(to - from) * 100}cqw)` }}
        >
          <b>{arrowed(item.text)}</b>
        </span>
      )}
    />
  );
}

interface AlertTrackProps extends Pick<TimelineView, "alerts" | "lastsMs"> {
  /** In one lane, with words only where there is room before the next. */
  readonly terse?: boolean;
}

/** How much of the timeline a letter of an alert takes, and its mark, in letters. */
const LETTER = 0.0072;
const MARK = 5;

/** The alerts of a match, each where it began. */
export function AlertTrack({ alerts, lastsMs, terse = false }: AlertTrackProps) {
  const inOrder = alerts.toSorted((a, b) => a.atMs - b.atMs);
  const hasRoom = (at: number): boolean => {
    const { atMs, text } = inOrder[at]!;
    return (inOrder[at + 1]?.atMs ?? Infinity) - atMs > (text.length + MARK) * LETTER * lastsMs;
  };
  const items = lanesOf([...inOrder.keys()], (at) => {
    const share = inOrder[at]!.atMs / lastsMs;
    return { from: share, to: share, letters: terse ? 0 : inOrder[at]!.text.length + 4 };
  });
  return (
    <Track
      name="Alerts"
      items={terse ? items.map((one) => ({ ...one, lane: 0 })) : items}
      draw={({ item: at }) => {
        const { severity, text } = inOrder[at]!;
        return (
          <span class="event" title={text}>
            <SeverityMark severity={severity} />{" "}
            <span class={terse && !hasRoom(at) ? "spoken" : ""}>{arrowed(text)}</span>
          </span>
        );
      }}
    />
  );
}
