import { config } from "zod";
import { isRefusal } from "../../shared/core/refusal.ts";
import { msOf } from "../../shared/core/time.ts";
import { words } from "../../shared/core/names.ts";
import { divergenceOf } from "../../shared/match/divergence.ts";
import { type Match, TICK_MS } from "../../shared/match/match.ts";
import type { PlayedIntent } from "./asks.ts";
import { filming } from "./filming.ts";
import { type Playable, playable } from "./playable.ts";
import { inSlices } from "./slices.ts";
import type { GivenWrong, Order, Question, Told } from "./speech.ts";

/*
 * The worker in which a recorded match is played again, so that the page stays lively meanwhile. It begins with an order
 * and then answers questions; `speech.ts` says in which words.
 */

// The page's content security policy forbids code made from text, which zod would try for speed.
config({ jitless: true });

self.addEventListener("message", ({ data }: MessageEvent<Order | Question>) => {
  if (data.is === "order") play(data).catch(stumble);
});

function tell(told: Told): void {
  self.postMessage(told);
}

async function play({ recording, film }: Order): Promise<void> {
  const sound = playable(recording);
  if (isRefusal(sound)) return tell({ is: "trouble", sentence: sound.sentence });
  tell({ is: "begins", lastsMs: sound.file.ticks * TICK_MS });
  const work = filming(sound, film ? (clip) => tell({ is: "clip", clip }) : null);
  const watch = { isWanted: () => true, progress: (share: number) => tell({ is: "progress", share }) };
  const match = (await inSlices(work, watch))!;
  tell({ is: "progress", share: 1 });
  tellEnd(sound, match);
}

function tellEnd({ file, level }: Playable, match: Match): void {
  const end = { debrief: match.debrief(), intents: intentsOf(match), divergence: divergenceOf(file, level, match) };
  tell({ is: "end", end, wrong: givenWrong(match) });
}

/** What was logged, in words; an intent of the last tick was never carried out, so it has told nothing of itself. */
function intentsOf({ log, acts }: Match): PlayedIntent[] {
  return log.map((logged, place) => ({ logged, text: acts[place]?.text ?? words(logged.intent.verb), refused: "" }));
}

function givenWrong({ record }: Match): GivenWrong[] {
  return record.wrong.flatMap(({ node, anomaly }) => {
    const { completedAtUs } = record.history.operation(anomaly.operation);
    return node < 0 || completedAtUs < 0 ? [] : [{ node, atMs: msOf(completedAtUs) }];
  });
}

/** A bug: the page says what can be said, and the browser's console has the rest. */
function stumble(error: unknown): void {
  tell({ is: "trouble", sentence: "Playing the match again went wrong. That is our fault, not yours." });
  throw error;
}
