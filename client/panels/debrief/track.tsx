import type { ComponentChildren } from "preact";
import "../../styles/track.css";
import { clockText } from "../figures.ts";
import type { Placed } from "./lanes.ts";

interface TrackProps<Item> {
  readonly name: ComponentChildren;
  readonly items: readonly Placed<Item>[];
  /** Height of one lane, in CSS pixels. */
  readonly lanePx?: number;
  draw(placed: Placed<Item>): ComponentChildren;
}

/** Things of one kind on an axis of time that is shared by all tracks above each other. */
export function Track<Item>({ name, items, lanePx = 30, draw }: TrackProps<Item>) {
  const lanes = Math.max(1, ...items.map(({ lane }) => lane + 1));
  return (
    <div class="track">
      <h3>{name}</h3>
      <ol style={{ height: `${lanes * lanePx + 6}px` }}>
        {items.map((placed, at) => (
          <li key={at} style={{ left: `${placed.from * 100}%`, top: `${placed.lane * lanePx + 3}px` }}>
            {draw(placed)}
          </li>
        ))}
      </ol>
    </div>
  );
}

/** The times under the tracks. */
export function Axis({ lastsMs }: { readonly lastsMs: number }) {
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
