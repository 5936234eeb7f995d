import { useComputed, useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import "../../styles/debrief.css";
import "../../styles/whatIf.css";
import type { Recording } from "../../rerun/asks.ts";
import type { Rerun } from "../../session/rerun.ts";
import { Between } from "../between.tsx";
import { openDesk, type Desk } from "./desk.ts";
import { EffectPanel } from "./effectPanel.tsx";
import { KeptAttempts } from "./keptAttempts.tsx";
import { LedgerCard } from "./ledgerCard.tsx";
import { questionOf } from "./question.ts";
import { TrailsPanel } from "./trailsPanel.tsx";
import { Workbench } from "./workbench.tsx";
import { WhatIfHeader } from "./whatIfHeader.tsx";

interface WhatIfScreenProps {
  readonly rerun: Rerun;
  /** Where the way back leads, in a word. */
  readonly back: string;
  onBack(): void;
  /** Shows a match with a changed log as a replay. */
  onWatch(recording: Recording): void;
}

/** What if one thing had been done at another time, or not at all: the same luck, another log, both outcomes beside each other. */
export function WhatIfScreen({ rerun, back, onBack, onWatch }: WhatIfScreenProps) {
  const desk = useMemo(() => openDesk(rerun), [rerun]);
  useEffect(() => () => desk.close(), [desk]);
  useUndoKeys(desk);
  const played = desk.played.value;
  if (played === null) return <Waiting rerun={rerun} back={back} onBack={onBack} />;
  return <Laid rerun={rerun} desk={desk} back={back} onBack={onBack} onWatch={onWatch} />;
}

function Laid({ rerun, desk, back, onBack, onWatch }: WhatIfScreenProps & { desk: Desk }) {
  const selected = useSignal<number | null>(null);
  const { file } = rerun.recording;
  const pieces = useComputed(() => questionOf(desk.edits.value, file.crew)).value;
  const played = desk.played.value!.debrief;
  const whatIf = desk.outcome.value?.debrief ?? null;
  const stale = desk.playing.value !== null;
  const watch = (): void => onWatch(withLog(rerun.recording, desk));
  return (
    <main class="what-if">
      <WhatIfHeader desk={desk} pieces={pieces} file={file} back={back} onBack={onBack} onWatch={watch} />
      {rerun.end.value?.divergence !== "" && (
        <p class="complaint" role="alert">
          {`This is not the match that was played. ${rerun.end.value?.divergence}`}
        </p>
      )}
      <div class={stale ? "what-if-body stale" : "what-if-body"} aria-busy={stale}>
        <TrailsPanel played={played} whatIf={whatIf} />
        <div class="what-if-ledgers">
          <LedgerCard side="played" played={played} whatIf={whatIf} />
          <LedgerCard side="whatIf" played={played} whatIf={whatIf} />
          <EffectPanel played={played} whatIf={whatIf} />
        </div>
      </div>
      <Workbench desk={desk} selected={selected} ticks={file.ticks} outcome={whatIf ?? played} />
      <KeptAttempts desk={desk} playedScore={played.score} />
    </main>
  );
}

function Waiting({ rerun, back, onBack }: { rerun: Rerun; back: string; onBack: () => void }) {
  const trouble = rerun.trouble.value;
  const share = Math.round(rerun.progress.value * 100);
  return (
    <Between
      {...(trouble === null ? {} : { title: "This match can't be played again" })}
      sentence={trouble ?? `Playing the match again… ${share} %`}
      waiting={trouble === null}
    >
      <button type="button" class="button" onClick={onBack}>
        {back}
      </button>
    </Between>
  );
}

/** The match as it came out, as a recording: what was refused is left out of its log, as it would be of any. */
function withLog(recording: Recording, desk: Desk): Recording {
  const { debrief, intents } = desk.outcome.peek()!;
  const log = intents.filter(({ refused }) => refused === "").map(({ logged }) => logged);
  const { stateHash: hash, score } = debrief;
  return { ...recording, file: { ...recording.file, log, marks: [], hash, score } };
}

/** Ctrl or ⌘ with Z undoes, with Shift or with Y does again; a text field keeps its own undo. */
function useUndoKeys(desk: Desk): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.target instanceof HTMLInputElement) return;
      const key = event.key.toLowerCase();
      if (key !== "z" && key !== "y") return;
      event.preventDefault();
      if (key === "y" || event.shiftKey) desk.redo();
      else desk.undo();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [desk]);
}
