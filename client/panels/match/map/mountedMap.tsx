import { type Signal, useSignal, useSignalEffect } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { LivingMap, MapOptions } from "../../../scenes/mapScene.ts";
import { calmMotion } from "../../compact.ts";
import { theme } from "../../theme.ts";
import { loadMap } from "../fetchMap.ts";

/** A living map in the page: the element that it fills, and the map itself once its code has come. */
export interface MountedMap {
  readonly parent: RefObject<HTMLDivElement | null>;
  readonly map: Signal<LivingMap | null>;
  /** True when its code could not be fetched. */
  readonly failed: Signal<boolean>;
}

/** Fetches the map and starts it in an element, in the page's theme, for as long as the component stands. */
export function useMap(told: Pick<MapOptions, "onSelect" | "onPing" | "legend">): MountedMap {
  const parent = useRef<HTMLDivElement>(null);
  const map = useSignal<LivingMap | null>(null);
  const failed = useSignal(false);
  useEffect(() => {
    let gone = false;
    loadMap().then(
      ({ mountMap }) => {
        if (gone || parent.current === null) return;
        map.value = mountMap(parent.current, {
          ...told,
          theme: theme.peek(),
          reducedMotion: calmMotion.peek(),
          testMode: new URLSearchParams(window.location.search).has("plain"),
        });
      },
      () => (failed.value = true),
    );
    return () => {
      gone = true;
      map.peek()?.destroy();
    };
  }, []);
  useSignalEffect(() => map.value?.setTheme(theme.value));
  return { parent, map, failed };
}

/** What stands in for a map that is not there yet, or never will be; `meanwhile` goes on without it. */
export function MapWaiting({ failed, meanwhile }: { readonly failed: boolean; readonly meanwhile: string }) {
  return (
    <p class="map-waiting" role="status">
      {failed ? (
        `The map could not be fetched; the ${meanwhile} go on without it.`
      ) : (
        <>
          <span class="waiting" /> Drawing the chart…
        </>
      )}
    </p>
  );
}
