import type { Debrief } from "../../../shared/match/debrief.ts";
import { arrowed } from "../../marks/arrow.tsx";
import { Glyph } from "../../marks/glyph.tsx";
import { OperatorMark } from "../../marks/operator.tsx";
import { AlertTrack, FaultTrack } from "./eventTracks.tsx";
import { lanesOf } from "./lanes.ts";
import { Axis, Track } from "./track.tsx";

/** What happened and who did what, on one axis of time. On a phone it scrolls sideways. */
export function TimelinePanel({ debrief }: { readonly debrief: Debrief }) {
  const { faults, alerts, acts, lastsMs } = debrief.timeline;
  const share = (ms: number): number => ms / lastsMs;
  return (
    <section class="timeline panel" aria-labelledby="timeline-title">
      <h2 id="timeline-title">What happened, and who did what</h2>
      <div class="timeline-scroll" tabIndex={0} role="group" aria-label="Timeline">
        <FaultTrack faults={faults} lastsMs={lastsMs} />
        <AlertTrack alerts={alerts} lastsMs={lastsMs} />
        <Track
          name="Actions"
          items={lanesOf(acts, ({ atMs, text }) => ({ from: share(atMs), to: share(atMs), letters: text.length + 4 }))}
          draw={({ item }) => {
            const operator = debrief.operators[item.operator];
            return (
              <span class={item.refused ? "event refused" : "event"}>
                <OperatorMark
                  name={operator?.name ?? "?"}
                  role={operator?.roles[0] ?? "lead"}
                  bot={operator?.bot ?? false}
                  size={24}
                />
                <span>
                  <span class="spoken">{operator?.name}</span> {arrowed(item.text)}
                  {item.refused && (
                    <em>
                      {" "}
                      <Glyph name="cross" size={13} /> refused
                    </em>
                  )}
                </span>
              </span>
            );
          }}
        />
        <Axis lastsMs={lastsMs} />
      </div>
    </section>
  );
}
