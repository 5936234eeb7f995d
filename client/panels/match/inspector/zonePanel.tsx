import type { View, ZoneView } from "../../../../shared/match/view.ts";
import { rateText } from "../../figures.ts";
import type { Helm } from "../helm.ts";
import { zoneName } from "../levelName.ts";
import { VerbButton } from "./verbButton.tsx";

interface ZonePanelProps {
  readonly view: View;
  readonly helm: Helm;
  readonly zone: ZoneView;
  readonly at: number;
}

/** A zone's clients: what they ask, how they fare, and where they are sent. */
export function ZonePanel({ view, helm, zone, at }: ZonePanelProps) {
  return (
    <>
      <dl class="place-facts">
        <dt>Requests</dt>
        <dd class="mono">{rateText(zone.requestsPerSecond)}</dd>
        <dt>Failed or late</dt>
        <dd class={zone.failedShare > 0.02 ? "bad mono" : "mono"}>{`${Math.round(zone.failedShare * 100)}%`}</dd>
        <dt>Sent to</dt>
        <dd>{zone.routedTo === at ? "their own zone" : view.zones[zone.routedTo]?.name}</dd>
      </dl>
      <div class="verbs">
        {view.zones.map((other, index) =>
          index === zone.routedTo ? null : (
            <VerbButton
              key={other.name}
              view={view}
              helm={helm}
              glyph="reroute"
              title={index === at ? "Send home" : `Send to ${zoneName(other)}`}
              note={index === at ? "their own zone" : wayWords(view, at, index)}
              intent={{ verb: "route", from: zoneName(zone), to: zoneName(other) }}
              at={`z${at}`}
            />
          ),
        )}
      </div>
    </>
  );
}

/** What the way to another zone costs, as far as probes know. */
function wayWords(view: View, from: number, to: number): string {
  const link = view.links.find(({ a, b }) => (a === from && b === to) || (a === to && b === from));
  return link === undefined || link.roundTripMs === 0
    ? "no probe came back"
    : `+${Math.round(link.roundTripMs)} ms there and back`;
}
