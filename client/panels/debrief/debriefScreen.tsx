import "../../styles/debrief.css";
import type { Debrief } from "../../../shared/match/debrief.ts";
import type { CrewState } from "../../../shared/wire/room.ts";
import type { Session } from "../../session/session.ts";
import { openMatch } from "../replay/address.ts";
import { BillPanel } from "./billPanel.tsx";
import { Ledger } from "./ledger.tsx";
import { PlanePanel } from "./planePanel.tsx";
import { StoryPanel } from "./story.tsx";
import { TimelinePanel } from "./timeline.tsx";
import { VerdictHeader } from "./verdictHeader.tsx";
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
      <VerdictHeader session={session} crew={crew} debrief={debrief} onLeave={onLeave} />
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
              crew.matchFile === null
                ? undefined
                : (atMs) => openMatch(crew.matchFile!, { atMs: Math.max(0, atMs - LEAD_IN_MS) })
            }
          />
          <Verdicts verdicts={debrief.verdicts} claims={debrief.claims} lesson={debrief.lesson} />
        </div>
        <TimelinePanel debrief={debrief} />
      </div>
    </main>
  );
}
