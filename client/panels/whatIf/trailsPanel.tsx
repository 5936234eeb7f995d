import type { Debrief } from "../../../shared/match/debrief.ts";
import { Plane } from "../plane.tsx";

interface TrailsPanelProps {
  readonly played: Debrief;
  readonly whatIf: Debrief | null;
}

/** The plane with both trails: as it was played, dashed, and as it would have been, in amber. */
export function TrailsPanel({ played, whatIf }: TrailsPanelProps) {
  const { level } = played;
  return (
    <section class="what-if-plane panel" aria-labelledby="trails-title">
      <header>
        <h2 id="trails-title">Availability × correctness</h2>
        {whatIf !== null && (
          <p class="quiet">
            <span>
              <i class="trail-key played" /> as played
            </span>
            <span>
              <i class="trail-key" /> what if
            </span>
          </p>
        )}
      </header>
      <Plane
        trail={(whatIf ?? played).trail}
        played={whatIf === null ? undefined : played.trail}
        availabilitySlo={level.availabilitySlo}
        correctnessSlo={level.correctnessSlo}
        width={560}
        height={540}
        labelled
      />
    </section>
  );
}
