import type { Debrief } from "../../../shared/match/debrief.ts";
import { arrowed } from "../../marks/arrow.tsx";
import { Glyph } from "../../marks/glyph.tsx";
import { OperatorMark } from "../../marks/operator.tsx";
import { SeverityMark } from "../../marks/severity.tsx";
import { clockText } from "../figures.ts";
import { lanesOf, type Placed } from "./lanes.ts";

/** What happened and who did what, on one axis of time. On a phone it scrolls sideways. */
export function TimelinePanel({ debrief }: { readonly debrief: Debrief }) {
  const { faults, alerts, acts, lastsMs } = debrief.timeline;
  const share = (ms: number): number => ms / lastsMs;
  return (
    <section class="timeline panel" aria-labelledby="timeline-title">
      <h2 id="timeline-title">What happened, and who did what</h2>
      <div class="timeline-scroll" tabIndex={0} role="group" aria-label="Timeline">
        <Track
          name="Faults"
          items={lanesOf(faults, ({ fromMs, untilMs, text }) => ({
            from: share(fromMs),
            to: share(untilMs),
            letters: text.length,
          }))}
          draw={({ item, from, to }) => (
            <span
              class={/partition|cut/i.test(item.text) ? "fault cut" : "fault"}
              style={{ width: `max(14px, ${(to - from) * 100}cqw)` }}
            >
              <b>{arrowed(item.text)}</b>
            </span>
          )}
        />
        <Track
          name="Alerts"
          items={lanesOf(alerts, ({ atMs, text }) => ({
            from: share(atMs),
            to: share(atMs),
            letters: text.length + 4,
          }))}
          draw={({ item }) => (
            <span class="event">
              <SeverityMark severity={item.severity} /> {arrowed(item.text)}
            </span>
          )}
        />
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

interface TrackProps<Item> {
  readonly name: string;
  readonly items: readonly Placed<Item>[];
  draw(placed: Placed<Item>): preact.ComponentChildren;
}

function Track<Item>({ name, items, draw }: TrackProps<Item>) {
  const lanes = Math.max(1, ...items.map(({ lane }) => lane + 1));
  return (
    <div class="track">
      <h3>{name}</h3>
      <ol style={{ height: `${lanes * 30 + 6}px` }}>
        {items.map((placed, at) => (
          <li key={at} style={{ left: `${placed.from * 100}%`, top: `${placed.lane * 30 + 3}px` }}>
            {draw(placed)}
          </li>
        ))}
      </ol>
    </div>
  );
}

function Axis({ lastsMs }: { lastsMs: number }) {
  const step = lastsMs > 180_000 ? 60_000 : lastsMs > 60_000 ? 30_000 : 10_000;
  const ticks = Array.from({ length: Math.floor(lastsMs / step) + 1 }, (_, at) => at * step);
  return (
    <div class="axis mono" aria-hidden="true">
      {ticks.map((ms) => (
        <span key={ms} style={{ left: `${(ms / lastsMs) * 100}%` }}>
          {clockText(ms)}
        </span>
      ))}
    </div>
  );
}
