import { useComputed, useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import "../../styles/match.css";
import "../../styles/replay.css";
import type { Rerun } from "../../session/rerun.ts";
import { shareAddress } from "./address.ts";
import { useKeys } from "./keys.ts";
import { wrongAnswersOf } from "./moments.ts";
import { openPlayback } from "./playback.ts";
import { ReplayHeader } from "./replayHeader.tsx";
import { ReplayMaps } from "./replayMaps.tsx";
import { ReplayTracks } from "./replayTracks.tsx";
import { lastActAt, rowsOf } from "./rows.ts";
import { ScrubRail } from "./scrubRail.tsx";
import { Transport } from "./transport.tsx";
import { TwoTruths } from "./twoTruths.tsx";
import { waymarksOf } from "./waymarks.ts";

interface ReplayScreenProps {
  readonly rerun: Rerun;
  /** Id under which the server keeps the match; null for one that only this page has. */
  readonly match: string | null;
  /** Where to begin, ms. */
  readonly startMs: number;
  /** Where the way back leads, in a word. */
  readonly back: string;
  readonly onWhatIf: (() => void) | undefined;
  onBack(): void;
}

/** How long a toast stands, ms. */
const TOAST_MS = 4_500;

/** A match played again: truth beside what operators saw, and under it who did what when. */
export function ReplayScreen({ rerun, match, startMs, back, onWhatIf, onBack }: ReplayScreenProps) {
  const playback = useMemo(() => openPlayback(rerun.film, startMs), [rerun]);
  const waymarks = useMemo(() => waymarksOf(rerun.end, playback), [rerun]);
  const selected = useSignal<string | null>(null);
  const toast = useToast();
  useEffect(() => () => playback.close(), [playback]);
  useEffect(() => {
    if (playback.frame.peek() !== null) playback.seek(startMs);
  }, [startMs]);
  useKeys(playback, waymarks);
  const end = rerun.end.value;
  const rows = useMemo(() => rowsOf(rerun.recording, end?.debrief ?? null), [end]);
  const wrongMs = useMemo(() => (end === null ? [] : wrongAnswersOf(end.debrief)), [end]);
  const lastAct = useComputed(() => lastActAt(rows, playback.frame.value?.atMs ?? 0));
  const share = async (address: string): Promise<void> => {
    try {
      await navigator.clipboard.writeText(address);
      toast.say("The link is copied: it opens this match at this moment.");
    } catch {
      toast.say(`Copy this link: ${address}`);
    }
  };
  return (
    <main class="replay">
      <ReplayHeader
        recording={rerun.recording}
        playback={playback}
        end={rerun.end}
        back={back}
        onShare={match === null ? undefined : () => void share(shareAddress(match, playback.atMs.peek()))}
        onWhatIf={onWhatIf}
        onBack={onBack}
      />
      <Notices rerun={rerun} />
      <ReplayMaps playback={playback} selected={selected} />
      <TwoTruths playback={playback} selected={selected.value} onClose={() => (selected.value = null)} />
      <section class="replay-time panel" aria-label="Time">
        <Transport playback={playback} waymarks={waymarks} filmed={rerun.progress.value} lastAct={lastAct.value} />
        <ScrubRail playback={playback} wrongMs={wrongMs} />
        <ReplayTracks playback={playback} rows={rows} />
      </section>
      <p class="toast replay-toast" role="status">
        {toast.said.value}
      </p>
    </main>
  );
}

/** What must be known of this replay: that it went wrong, or that it is not the match that was played. */
function Notices({ rerun }: { rerun: Rerun }) {
  const trouble = rerun.trouble.value;
  const divergence = rerun.end.value?.divergence ?? "";
  return (
    <>
      {trouble !== null && (
        <p class="replay-notice complaint" role="alert">
          {trouble}
        </p>
      )}
      {divergence !== "" && (
        <p class="replay-notice complaint" role="alert">
          {`This is not the match that was played. ${divergence}`}
        </p>
      )}
    </>
  );
}

function useToast(): { readonly said: { readonly value: string }; say(words: string): void } {
  const said = useSignal("");
  const timer = useRef(0);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  return {
    said,
    say(words) {
      said.value = words;
      window.clearTimeout(timer.current);
      timer.current = window.setTimeout(() => (said.value = ""), TOAST_MS);
    },
  };
}
