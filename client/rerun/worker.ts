import { config } from "zod";
import { isRefusal } from "../../shared/core/refusal.ts";
import { divergenceOf } from "../../shared/match/divergence.ts";
import { TICK_MS } from "../../shared/match/match.ts";
import type { WhatIf } from "../../shared/match/whatIf.ts";
import { type Answering, answering } from "./answers.ts";
import { filming, judgedOf } from "./filming.ts";
import { type Playable, playable } from "./playable.ts";
import { inSlices, type Work } from "./slices.ts";
import type { Order, Question, Told } from "./speech.ts";

/*
 * The worker in which a recorded match is played again, so that the page stays lively meanwhile. It begins with an order
 * and then answers questions; `speech.ts` says in which words.
 */

// The page's content security policy forbids code made from text, which zod would try for speed.
config({ jitless: true });

/** The answers to what is asked, once the recording was found to be sound. */
let answers: Answering | null = null;
/** By name, the number of the newest question: work for an older one is dropped. */
const newest = new Map<Question["is"], number>();

self.addEventListener("message", ({ data }: MessageEvent<Order | Question>) => {
  const done = data.is === "order" ? play(data) : answer(data);
  done.catch(stumble);
});

function tell(told: Told): void {
  self.postMessage(told);
}

async function play({ recording, film }: Order): Promise<void> {
  const sound = playable(recording);
  if (isRefusal(sound)) return tell({ is: "trouble", sentence: sound.sentence });
  answers = answering(sound);
  tell({ is: "begins", lastsMs: sound.file.ticks * TICK_MS });
  const work = filming(sound, film ? (clip) => tell({ is: "clip", clip }) : null);
  const again = await inSlices(work, { isWanted: () => true, progress: (share) => tell({ is: "progress", share }) });
  tell({ is: "progress", share: 1 });
  tellEnd(sound, again!);
}

function tellEnd({ file, level }: Playable, again: WhatIf): void {
  const end = { ...again.outcome(), divergence: divergenceOf(file, level, again.match) };
  tell({ is: "end", end, judged: judgedOf(again.match) });
}

/** Answers a question; one about a recording that can't be played has its answer in the trouble that was told. */
async function answer(question: Question): Promise<void> {
  const { is, number } = question;
  if (answers === null) return;
  newest.set(is, number);
  const progress = (share: number): void => tell({ is: "nearer", number, share });
  const found = await inSlices(workFor(question, answers), { isWanted: () => newest.get(is) === number, progress });
  if (found !== null) tell({ is: "answer", number, answer: found });
}

function workFor(question: Question, answers: Answering): Work<unknown> {
  if (question.is === "whatIf") return answers.whatIf(...question.given);
  if (question.is === "write") return answers.write(...question.given);
  if (question.is === "evidence") return answers.evidence(...question.given);
  return answers.options(...question.given);
}

/** A bug: the page says what can be said, and the browser's console has the rest. */
function stumble(error: unknown): void {
  tell({ is: "trouble", sentence: "Playing the match again went wrong. That is our fault, not yours." });
  throw error;
}
