import { effect } from "@preact/signals";
import type { Recording } from "../../../client/rerun/asks.ts";
import { isUnreadable, type Unreadable } from "../../../client/session/directory.ts";
import { fetchRecording, readRecording } from "../../../client/session/recordings.ts";
import { openRerun, type Rerun } from "../../../client/session/rerun.ts";
import type { LoggedIntent } from "../../../shared/match/intent.ts";

/** What a rerun came to, as far as a test wants to know. */
export interface Seen {
  readonly trouble: string | null;
  readonly hash: string;
  readonly score: number;
  readonly divergence: string;
  readonly intents: readonly string[];
  readonly filmedMs: number;
  /** The frames that were asked for, as JSON. */
  readonly frames: readonly string[];
}

/** Plays a match again as the page does, and looks at some moments of its film. */
async function seen(recording: Recording, momentsMs: readonly number[]): Promise<Seen> {
  const rerun = openRerun(recording, { film: momentsMs.length > 0 });
  await over(rerun);
  const { debrief, divergence = "", intents = [] } = rerun.end.value ?? {};
  const film = rerun.film.value;
  const frames = momentsMs.map((ms) => JSON.stringify(film?.frameAt(ms)));
  const told = {
    trouble: rerun.trouble.value,
    hash: debrief?.stateHash ?? "",
    score: debrief?.score ?? 0,
    divergence,
    intents: intents.map(({ text }) => text),
    filmedMs: film?.filmedMs ?? 0,
    frames,
  };
  rerun.close();
  return told;
}

function over({ end, trouble }: Rerun): Promise<void> {
  return new Promise((resolve) => {
    effect(() => {
      if (end.value !== null || trouble.value !== null) resolve();
    });
  });
}

/** The same for a match of the server, or for the text of a file from disk. */
async function fetched(matchId: string): Promise<Seen | Unreadable> {
  const recording = await fetchRecording(matchId);
  return isUnreadable(recording) ? recording : seen(recording, []);
}

async function fromDisk(text: string): Promise<Seen | Unreadable> {
  const recording = await readRecording(new File([text], "match.json", { type: "application/json" }));
  return isUnreadable(recording) ? recording : seen(recording, []);
}

/** What is said when another what if is asked before the first is answered, and the hash or the sentence of each. */
async function whatIfs(
  recording: Recording,
  logs: readonly (readonly LoggedIntent[])[],
): Promise<{ answers: string[]; shares: number[] }> {
  const rerun = openRerun(recording, { film: false });
  const shares: number[] = [];
  const outcomes = await Promise.all(logs.map((log) => rerun.whatIf(log, (share) => shares.push(share))));
  rerun.close();
  return { answers: outcomes.map((one) => (isUnreadable(one) ? one.sentence : one.debrief.stateHash)), shares };
}

/** What could have been done at some ticks, asked one after the other, and what was said for an operation. */
async function looks(
  recording: Recording,
  ticks: readonly number[],
  operation: number,
): Promise<{ texts: string[][]; said: string[] }> {
  const rerun = openRerun(recording, { film: false });
  const texts: string[][] = [];
  for (const tick of ticks) {
    const options = await rerun.options(tick, recording.file.log);
    texts.push("sentence" in options ? [options.sentence] : options.map(({ text }) => text));
  }
  const evidence = await rerun.evidence([operation]);
  rerun.close();
  return { texts, said: isUnreadable(evidence) ? [evidence.sentence] : evidence.messages.map(({ words }) => words) };
}

const there = { seen, fetched, fromDisk, whatIfs, looks };
export type There = typeof there;
Object.assign(window, { there });
