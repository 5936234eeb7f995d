import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { LivingMap } from "../../../scenes/mapScene.ts";
import type { Session } from "../../../session/session.ts";
import type { Helm } from "../helm.ts";

interface PlaceButtonsProps {
  readonly map: LivingMap;
  readonly session: Session;
  readonly helm: Helm;
}

/** How often the places' words and positions are read anew, ms: often enough for a screen reader. */
const READ_EVERY_MS = 1_000;

/** Every place of the map as a button that lies over it: seen by keyboards and screen readers, not by pointers. */
export function PlaceButtons({ map, session, helm }: PlaceButtonsProps) {
  const places = useSignal(map.places());
  useEffect(() => {
    const timer = window.setInterval(() => {
      if (session.view.peek() !== null) places.value = map.places();
    }, READ_EVERY_MS);
    return () => window.clearInterval(timer);
  }, [map]);
  return (
    <ul class="places" aria-label="Places on the map">
      {places.value.map(({ place, x, y, label }) => (
        <li key={place} style={{ left: `${x}px`, top: `${y}px` }}>
          <button
            type="button"
            class="place"
            aria-pressed={helm.selected.value === place}
            onClick={() => helm.select(place)}
          >
            <span class="spoken">{label}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
