import { useSignalEffect } from "@preact/signals";
import type { Session } from "../../../session/session.ts";
import type { Helm } from "../helm.ts";
import { MapWaiting, useMap } from "./mountedMap.tsx";
import { PingWords } from "./pingWords.tsx";
import { PlaceButtons } from "./placeButtons.tsx";

interface MapStageProps {
  readonly session: Session;
  readonly helm: Helm;
}

/** The living map, and over it what keyboards and screen readers need. No panel ever covers it. */
export function MapStage({ session, helm }: MapStageProps) {
  const { parent, map, failed } = useMap({
    onSelect: (place) => helm.select(place),
    onPing: (place) => (helm.pinging.value = place),
  });
  useSignalEffect(() => {
    const view = session.view.value;
    if (view !== null) map.value?.show(view);
  });
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
        <MapWaiting failed={failed.value} meanwhile="panels" />
      ) : (
        <PlaceButtons map={map.value} selected={helm.selected.value} onSelect={(place) => helm.select(place)} />
      )}
      <PingWords map={map.value} helm={helm} />
    </section>
  );
}
