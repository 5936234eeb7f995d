import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Debrief } from "../../../shared/match/debrief.ts";
import type { CrewState } from "../../../shared/wire/room.ts";
import { Stars } from "../../marks/star.tsx";
import type { Session } from "../../session/session.ts";
import { type Ask, useAsk } from "../ask.ts";
import { countText, percentText } from "../figures.ts";
import { openMatch } from "../replay/address.ts";
import { shareDialog } from "../screens.ts";

interface VerdictHeaderProps {
  readonly session: Session;
  readonly crew: CrewState;
  readonly debrief: Debrief;
  onLeave(): void;
}

/** What the match came to, and where to go from here. */
export function VerdictHeader({ session, crew, debrief, onLeave }: VerdictHeaderProps) {
  const ask = useAsk(session);
  const sharing = useSignal(false);
  useEffect(() => shareDialog.fetch(), []);
  return (
    <header class="verdict">
      <Stars won={debrief.stars.map(({ won }) => won)} size={56} />
      <div class="verdict-words">
        <h1>{debrief.headline}</h1>
        <p class="quiet">{debrief.subline}</p>
        <p class="complaint" role="alert">
          {ask.complaint}
        </p>
      </div>
      <p class="verdict-score">
        <strong class="mono">{countText(debrief.score)}</strong> <span class="quiet">of 1,000</span>
        <small class="mono">
          <b class="availability">{percentText(debrief.availability)}</b> ×{" "}
          <b class="correctness">{percentText(debrief.correctness)}</b>
        </small>
      </p>
      <div class="verdict-doors">
        {crew.matchFile !== null && <LookAgain matchFile={crew.matchFile} />}
        <button type="button" class="button" onClick={() => (sharing.value = true)}>
          Share
        </button>
        <button type="button" class="button" onClick={onLeave}>
          Leave
        </button>
        <Onward crew={crew} ask={ask.request} />
      </div>
      {sharing.value && (
        <shareDialog.Screen debrief={debrief} matchFile={crew.matchFile} onClose={() => (sharing.value = false)} />
      )}
    </header>
  );
}

function LookAgain({ matchFile }: { matchFile: string }) {
  return (
    <>
      <button type="button" class="button" onClick={() => openMatch(matchFile)}>
        Replay
      </button>
      <button type="button" class="button" onClick={() => openMatch(matchFile, { view: "whatIf" })}>
        What if…
      </button>
    </>
  );
}

/** The next match: whoever plays alone decides, and in a room its host. */
function Onward({ crew, ask }: { crew: CrewState; ask: Ask }) {
  const alone = crew.mode === "solo";
  if (!alone && !(crew.seats[crew.you]?.host ?? false)) return <p class="quiet">The host opens the next round.</p>;
  const again = async (): Promise<void> => {
    const back = await ask("again", {});
    if (back && alone) await ask("start", {});
  };
  return (
    <>
      {alone && (
        <button type="button" class="button" onClick={() => void ask("again", {})}>
          Sea chart
        </button>
      )}
      <button type="button" class="button primary" onClick={() => void again()}>
        {alone ? "Play again" : "Next round"}
      </button>
    </>
  );
}
