import { useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { LivingMap } from "../../../scenes/mapScene.ts";
import type { Session } from "../../../session/session.ts";
import { calmMotion } from "../../compact.ts";
import { theme } from "../../theme.ts";
import { loadMap } from "../fetchMap.ts";
import type { Helm } from "../helm.ts";
import { PingWords } from "./pingWords.tsx";
import { PlaceButtons } from "./placeButtons.tsx";

interface MapStageProps {
  readonly session: Session;
  readonly helm: Helm;
}

/** The living map, and over it what keyboards and screen readers need. No panel ever covers it. */
export function MapStage({ session, helm }: MapStageProps) {
  const parent = useRef<HTMLDivElement>(null);
  const map = useSignal<LivingMap | null>(null);
  const failed = useSignal(false);
  useEffect(() => {
    let gone = false;
    loadMap().then(
      ({ mountMap }) => {
        if (gone || parent.current === null) return;
        map.value = mountMap(parent.current, {
          theme: theme.peek(),
          reducedMotion: calmMotion.peek(),
          testMode: new URLSearchParams(window.location.search).has("plain"),
          onSelect: (place) => helm.select(place),
          onPing: (place) => (helm.pinging.value = place),
        });
      },
      () => (failed.value = true),
    );
    return () => {
      gone = true;
      map.peek()?.destroy();
    };
  }, []);
  useSignalEffect(() => {
    const view = session.view.value;
    if (view !== null) map.value?.show(view);
  });
  useSignalEffect(() => map.value?.setTheme(theme.value));
  useSignalEffect(() => {
    const selected = helm.selected.value;
    map.value?.select(selected.startsWith("c") ? null : selected);
  });
  useSignalEffect(() => {
    const chosen = helm.component.value;
    map.value?.setSelectedStore(session.view.peek()?.components[chosen]?.kind === "store" ? chosen : null);
  });
  return (
    <section class="map-stage" aria-label="Map">
      <div class="map-canvas" ref={parent} aria-hidden="true" />
      {map.value === null ? (
        <p class="map-waiting" role="status">
          {failed.value ? (
            "The map could not be fetched; the panels go on without it."
          ) : (
            <>
              <span class="waiting" /> Drawing the chart…
            </>
          )}
        </p>
      ) : (
        <PlaceButtons map={map.value} selected={helm.selected.value} onSelect={(place) => helm.select(place)} />
      )}
      <PingWords map={map.value} helm={helm} />
    </section>
  );
}
