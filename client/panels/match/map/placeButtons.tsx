import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { LivingMap } from "../../../scenes/mapScene.ts";

interface PlaceButtonsProps {
  readonly map: LivingMap;
  /** The place that is looked at; anything else presses none. */
  readonly selected: string;
  /** When this changes, the words are read anew at once. */
  readonly beat?: number;
  onSelect(place: string): void;
}

/** How often the places' words and positions are read anew, ms: often enough for a screen reader. */
const READ_EVERY_MS = 1_000;

/** Every place of the map as a button that lies over it: seen by keyboards and screen readers, not by pointers. */
export function PlaceButtons({ map, selected, beat = 0, onSelect }: PlaceButtonsProps) {
  const places = useSignal(map.places());
  useEffect(() => {
    const timer = window.setInterval(() => (places.value = map.places()), READ_EVERY_MS);
    return () => window.clearInterval(timer);
  }, [map]);
  useEffect(() => {
    places.value = map.places();
  }, [map, beat]);
  return (
    <ul class="places" aria-label="Places on the map">
      {places.value.map(({ place, x, y, label }) => (
        <li key={place} style={{ left: `${x}px`, top: `${y}px` }}>
          <button type="button" class="place" aria-pressed={selected === place} onClick={() => onSelect(place)}>
            <span class="spoken">{label}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
