import { describe, expect, test } from "vitest";
import type { Intent } from "../../shared/match/intent.ts";
import { Bot } from "../../shared/match/bot.ts";
import { verbOf } from "../../shared/match/verbs/registry.ts";
import { isRefusal } from "../../shared/core/refusal.ts";
import { ALL_WEATHERS, readLevel } from "./level.ts";
import { crewOf, play } from "./play.ts";

/** Lets a bot play each of these seats, and notes what it asks for. */
function botsPlay(level: typeof ALL_WEATHERS, crew: number, seats: readonly number[], seed = "bots") {
  const bots = seats.map((seat) => ({ seat, bot: new Bot(level, seat) }));
  const asked: { seat: number; intent: Intent; sentence: string }[] = [];
  const { match } = play(level, {
    seed,
    crew,
    each: (it) => {
      for (const { seat, bot } of bots) {
        const intent = bot.think(it.view(seat));
        if (intent === undefined) continue;
        const answer = it.intend(seat, intent);
        asked.push({ seat, intent, sentence: isRefusal(answer) ? answer.code : "" });
      }
    },
  });
  return { match, asked };
}

describe("a bot in a seat", () => {
  test("acts only within the roles of its seat", () => {
    const crew = crewOf(4);
    const { asked } = botsPlay(ALL_WEATHERS, 4, [0, 1, 2, 3]);
    expect(asked.length).toBeGreaterThan(3);
    for (const { seat, intent, sentence } of asked) {
      const { role } = verbOf(intent.verb);
      expect(role === null || crew[seat]!.roles.includes(role), `${seat}: ${intent.verb}`).toBe(true);
      expect(sentence).not.toBe("notYourRole");
    }
    // Between them, four bots do what one bot with all the roles does.
    expect(new Set(asked.map(({ intent }) => verbOf(intent.verb).role)).size).toBeGreaterThan(2);
  });

  test("alone in one seat leaves the verbs of the others alone", () => {
    const { asked } = botsPlay(ALL_WEATHERS, 4, [1]);
    expect(asked.map(({ intent }) => verbOf(intent.verb).role).filter((role) => role !== "data")).toEqual([]);
  });

  test("with every role plays the level's reference policy, and is better than nobody", () => {
    const level = readLevel("test/levels/01-short-cut.yaml");
    const idle = play(level, { seed: "bots" }).match.debrief();
    const played = botsPlay(level, 1, [0]).match.debrief();
    expect(played.timeline.acts.map(({ text }) => text)).toEqual(["promotes Elm in ledger"]);
    expect(played.availability).toBeGreaterThan(idle.availability);
  });

  test("does the same each time: it has no luck of its own", () => {
    expect(botsPlay(ALL_WEATHERS, 4, [0, 1, 2, 3]).match.stateHash()).toBe(
      botsPlay(ALL_WEATHERS, 4, [0, 1, 2, 3]).match.stateHash(),
    );
  });
});
