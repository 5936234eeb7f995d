import { useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import type { Recording } from "../../rerun/asks.ts";
import { isUnreadable, type Unreadable } from "../../session/directory.ts";
import { fetchRecording, readRecording } from "../../session/recordings.ts";
import { openRerun } from "../../session/rerun.ts";
import { Between } from "../between.tsx";
import { fetchMap } from "../match/fetchMap.ts";
import { whatIfScreen } from "../screens.ts";
import { leaveVisit, openHeld, turnTo, type Visit } from "./address.ts";
import { MatchFileDoor } from "./matchFileDoor.tsx";
import { ReplayScreen } from "./replayScreen.tsx";

interface RerunScreenProps {
  readonly visit: Visit;
  /** Where the way back leads, in a word: to the debrief that it was opened from, or to the start. */
  readonly back: string;
}

/** Fetches a match that was played and plays it again; what comes of it is watched, or changed. */
export function RerunScreen({ visit, back }: RerunScreenProps) {
  const found = useSignal<Recording | Unreadable | null>(null);
  useEffect(() => {
    let gone = false;
    found.value = null;
    fetchMap();
    void recordingOf(visit).then((recording) => {
      if (!gone) found.value = recording;
    });
    return () => (gone = true);
  }, [visit.match, visit.held]);
  const recording = found.value;
  if (recording === null) return <Between sentence="Fetching the match…" waiting />;
  if (isUnreadable(recording)) return <Unplayable sentence={recording.sentence} back={back} />;
  if (visit.view === "whatIf") return <Changed recording={recording} back={back} />;
  return <Watched recording={recording} visit={visit} back={back} />;
}

/** Nothing is filmed: what is changed is played again and again. */
function Changed({ recording, back }: { recording: Recording; back: string }) {
  const rerun = useMemo(() => openRerun(recording, { film: false }), [recording]);
  useEffect(() => () => rerun.close(), [rerun]);
  return <whatIfScreen.Screen rerun={rerun} back={back} onBack={leaveVisit} onWatch={openHeld} />;
}

function Watched({ recording, visit, back }: RerunScreenProps & { recording: Recording }) {
  const rerun = useMemo(() => openRerun(recording, { film: true }), [recording]);
  useEffect(() => () => rerun.close(), [rerun]);
  const trouble = rerun.trouble.value;
  if (rerun.film.value === null) {
    if (trouble !== null) return <Unplayable sentence={trouble} back={back} />;
    return <Between sentence="Playing the match again…" waiting />;
  }
  return (
    <ReplayScreen
      rerun={rerun}
      match={visit.match}
      startMs={visit.atMs ?? 0}
      back={back}
      onWhatIf={() => turnTo("whatIf")}
      onBack={leaveVisit}
    />
  );
}

function Unplayable({ sentence, back }: { sentence: string; back: string }) {
  return (
    <Between title="This match can't be shown" sentence={sentence}>
      <button type="button" class="button primary" onClick={leaveVisit}>
        {back}
      </button>
      <MatchFileDoor />
    </Between>
  );
}

function recordingOf({ match, held }: Visit): Promise<Recording | Unreadable> {
  if (match !== null) return fetchRecording(match);
  if (held === null)
    return Promise.resolve({ sentence: "A match file stays open until its page is loaded anew: open it again." });
  return held instanceof File ? readRecording(held) : Promise.resolve(held);
}
