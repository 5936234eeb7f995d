import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { AnomalyStory } from "../../../shared/match/debrief.ts";
import type { Evidence } from "../../../shared/match/evidence/evidence.ts";
import { isUnreadable } from "../../session/directory.ts";
import { fetchRecording } from "../../session/recordings.ts";
import { openRerun } from "../../session/rerun.ts";

/** How far the search for what was said has come. */
export interface Search {
  readonly evidence: Evidence | null;
  /** Share of the match that was played again, 0 to 1; null when nobody is searching. */
  readonly progress: number | null;
  /** Why it can't be found out, in one sentence; empty when it can. */
  readonly trouble: string;
}

const IDLE: Search = { evidence: null, progress: null, trouble: "" };

/**
 * Plays the match of these stories again, in a worker of its own, to find out what was said. Nothing is played for a
 * match without wrong answers, or one whose file is not kept.
 */
export function useEvidence(stories: readonly AnomalyStory[], matchFile: string | null): Search {
  const search = useSignal(IDLE);
  useEffect(() => {
    if (matchFile === null || stories.length === 0) return;
    const operations = [...new Set(stories.flatMap((story) => story.operations.map(({ id }) => id)))];
    let close = (): void => {};
    let isWanted = true;
    const find = async (): Promise<void> => {
      search.value = { ...IDLE, progress: 0 };
      const recording = await fetchRecording(matchFile);
      if (!isWanted) return;
      if (isUnreadable(recording)) return void (search.value = { ...IDLE, trouble: recording.sentence });
      const rerun = openRerun(recording, { film: false });
      close = () => rerun.close();
      const progress = (share: number): void => void (search.value = { ...IDLE, progress: share });
      const found = await rerun.evidence(operations, progress);
      rerun.close();
      if (!isWanted) return;
      search.value = isUnreadable(found) ? { ...IDLE, trouble: found.sentence } : { ...IDLE, evidence: found };
    };
    void find();
    return () => {
      isWanted = false;
      close();
    };
  }, [matchFile]);
  return search.value;
}
