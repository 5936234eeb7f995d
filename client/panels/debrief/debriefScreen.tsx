import "../../styles/debrief.css";
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Debrief } from "../../../shared/match/debrief.ts";
import type { CrewState } from "../../../shared/wire/room.ts";
import { Stars } from "../../marks/star.tsx";
import type { Session } from "../../session/session.ts";
import { useAsk } from "../ask.ts";
import { countText, percentText } from "../figures.ts";
import { openMatch } from "../replay/address.ts";
import { shareDialog } from "../screens.ts";
import { BillPanel } from "./billPanel.tsx";
import { Ledger } from "./ledger.tsx";
import { PlanePanel } from "./planePanel.tsx";
import { StoryPanel } from "./story.tsx";
import { TimelinePanel } from "./timeline.tsx";
import { Verdicts } from "./verdicts.tsx";

interface DebriefScreenProps {
  readonly session: Session;
  readonly crew: CrewState;
  readonly debrief: Debrief;
  onLeave(): void;
}

/** A replay begins so long before the wrong answer that one sees it coming. */
const LEAD_IN_MS = 2_000;

/** After a match: the verdict first, then where it was lost, the worst of it as a story, and who did what when. */
export function DebriefScreen({ session, crew, debrief, onLeave }: DebriefScreenProps) {
  return (
    <main class="debrief">
      <Verdict session={session} crew={crew} debrief={debrief} onLeave={onLeave} />
      <div class="debrief-body">
        <div class="debrief-column">
          <PlanePanel debrief={debrief} />
          <Ledger debrief={debrief} />
          <BillPanel debrief={debrief} />
        </div>
        <div class="debrief-column">
          <StoryPanel
            stories={debrief.stories}
            debrief={debrief}
            matchFile={crew.matchFile}
            onReplay={
              crew.matchFile === null ? undefined : (atMs) => openMatch(crew.matchFile!, { atMs: Math.max(0, atMs - LEAD_IN_MS) })
            }
          />
          <Verdicts verdicts={debrief.verdicts} claims={debrief.claims} lesson={debrief.lesson} />
        </div>
        <TimelinePanel debrief={debrief} />
      </div>
    </main>
  );
}

function Verdict({ session, crew, debrief, onLeave }: DebriefScreenProps) {
  const ask = useAsk(session);
  const sharing = useSignal(false);
  useEffect(() => shareDialog.fetch(), []);
  const mayDecide = crew.mode === "solo" || (crew.seats[crew.you]?.host ?? false);
  const again = async (): Promise<void> => {
    const back = await ask.request("again", {});
    if (back && crew.mode === "solo") await ask.request("start", {});
  };
  return (
    <header class="verdict">
      <Stars won={debrief.stars.map(({ won }) => won)} size={56} />
      <div>
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
        {crew.matchFile !== null && (
          <button type="button" class="button" onClick={() => openMatch(crew.matchFile!)}>
            Replay
          </button>
        )}
        {crew.matchFile !== null && (
          <button type="button" class="button" onClick={() => openMatch(crew.matchFile!, { view: "whatIf" })}>
            What if…
          </button>
        )}
        {crew.matchFile !== null && (
          <a class="button" href={`/api/matches/${crew.matchFile}`} download>
            Match file
          </a>
        )}
        <button type="button" class="button" onClick={() => (sharing.value = true)}>
          Share
        </button>
        <button type="button" class="button" onClick={onLeave}>
          Leave
        </button>
        {mayDecide && crew.mode === "solo" && (
          <button type="button" class="button" onClick={() => void ask.request("again", {})}>
            Sea chart
          </button>
        )}
        {mayDecide ? (
          <button type="button" class="button primary" onClick={() => void again()}>
            {crew.mode === "solo" ? "Play again" : "Next round"}
          </button>
        ) : (
          <p class="quiet">The host opens the next round.</p>
        )}
      </div>
      {sharing.value && (
        <shareDialog.Screen debrief={debrief} matchFile={crew.matchFile} onClose={() => (sharing.value = false)} />
      )}
    </header>
  );
}
