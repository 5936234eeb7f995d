import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { filming, framesOf, judgedOf } from "../../client/rerun/filming.ts";
import type { Playable } from "../../client/rerun/playable.ts";
import { filmOf } from "../../client/session/film.ts";
import { Match } from "../../shared/match/match.ts";
import type { View } from "../../shared/match/view.ts";
import { Replay } from "../../shared/match/replay.ts";
import type { Plain } from "../../shared/wire/delta.ts";
import { Camera, type Clip, CLIP_FRAMES, FRAME_MS, Reel } from "../../shared/wire/film.ts";
import { matchFileBy } from "../cli/playedMatch.ts";
import { findLevel } from "../../server/cli/commandLine.ts";

const LEVEL = "test/levels/02-all-weathers.yaml";

async function played(how: Parameters<typeof matchFileBy>[1] = {}): Promise<Playable> {
  return { file: await matchFileBy(LEVEL, how), level: await findLevel(LEVEL) };
}

/** Films a match to its end. */
function filmed(playable: Playable): { reel: Reel; clips: Clip[]; match: Match } {
  const clips: Clip[] = [];
  const work = filming(playable, (clip) => clips.push(clip));
  let step = work.next();
  while (!step.done) step = work.next();
  return { reel: reelOf(clips), clips, match: step.value.match };
}

function reelOf(clips: readonly Clip[]): Reel {
  const reel = new Reel();
  for (const clip of clips) reel.add(clip);
  return reel;
}

/** Every frame of a match as it was shot, without a film between. */
function shots({ file, level }: Playable): Plain[] {
  const match = new Match(level, file.seed, file.crew);
  const replay = new Replay(match, file.log);
  const frame = framesOf(match);
  const all: Plain[] = [];
  for (let tick = 0; tick <= file.ticks; tick += 2) {
    replay.run(tick);
    all.push(frame());
  }
  return all;
}

/** Numbers of frames as somebody looks at them who plays, rewinds and jumps. */
function wanderings(frames: number): number[] {
  const straight = Array.from({ length: frames }, (_, frame) => frame);
  const jumps = [frames - 1, 0, CLIP_FRAMES, CLIP_FRAMES - 1, 7, frames - 2, 8, CLIP_FRAMES + 1];
  return [...jumps, ...straight.toReversed(), ...straight];
}

describe("a film", () => {
  const frame = fc.record({
    up: fc.boolean(),
    words: fc.constantFrom("up", "unreachable", "A – B", "\u{1F6A2}"),
    list: fc.array(fc.nat(2), { maxLength: 3 }),
  });

  test("of anything shows each frame as it was shot, in whatever order one looks", () => {
    fc.assert(
      fc.property(
        fc.array(frame, { minLength: 1, maxLength: 3 * CLIP_FRAMES }),
        fc.array(fc.nat(200)),
        (frames, looks) => {
          const camera = new Camera();
          const clips = frames.map((one) => camera.shoot(one)).filter((clip) => clip !== null);
          const reel = reelOf([...clips, camera.cut()].filter((clip) => clip !== null));
          expect(reel.frames).toBe(frames.length);
          for (const look of looks) expect(reel.at(look)).toEqual(frames[Math.min(look, frames.length - 1)]);
        },
      ),
      { seed: 1, numRuns: 200 },
    );
  });

  test("of a match shows what was shown, forwards and backwards, to the last letter", async () => {
    const playable = await played({ policy: "reference" });
    const wanted = shots(playable).map((one) => JSON.stringify(one));
    const { reel } = filmed(playable);
    expect(reel.frames).toBe(playable.file.ticks / 2 + 1);
    // The last frame is of the end, when everything that was open has been waited for.
    const differing = wanderings(reel.frames - 1).filter(
      (number) => JSON.stringify(reel.at(number)) !== wanted[number],
    );
    expect(differing).toEqual([]);
    // At this rate ten minutes would take less than 60 MB, and no level has as much going on.
    expect((reel.size * 600_000) / (playable.file.ticks * 50)).toBeLessThan(60_000_000);
  });

  test("has no effect on the match: its hash, its score and what is told of it stay the same", async () => {
    const playable = await played({ policy: "reference" });
    const { match } = filmed(playable);
    const unseen = new Replay(new Match(playable.level, playable.file.seed, playable.file.crew), playable.file.log).run(
      Infinity,
    );
    expect(match.stateHash()).toBe(playable.file.hash);
    expect(match.stateHash()).toBe(unseen.stateHash());
    expect(match.debrief()).toEqual(unseen.debrief());
  });

  test("of a match that was ended early ends there, with the debrief that its crew saw", async () => {
    for (const untilMs of [4_950, 5_000]) {
      const playable = await played({ untilMs });
      const { reel, match } = filmed(playable);
      const film = filmOf(reel, playable.file.ticks * 50, null);
      expect(match.stateHash()).toBe(playable.file.hash);
      expect(film.filmedMs).toBe(untilMs);
      expect(film.frameAt(untilMs).monitoring).toMatchObject({ phase: "ended", clockMs: untilMs });
      expect(film.frameAt(untilMs - FRAME_MS).monitoring.phase).toBe("running");
    }
  });

  test("takes one byte of memory for each character, whatever the words", () => {
    const camera = new Camera();
    camera.shoot({ words: "A – B … \u{1F6A2}" });
    const { text } = camera.cut()!;
    expect(text).toMatch(/^[\0-\xff]*$/);
    expect(reelOf([{ frames: 1, text }]).at(0)).toEqual({ words: "A – B … \u{1F6A2}" });
  });
});

describe("the truth of a film", () => {
  test("has wrong answers from the moment on at which they were given, those too that were found at the end", async () => {
    const playable = await played();
    const { reel, match } = filmed(playable);
    const judged = judgedOf(match);
    const frames = Array.from({ length: reel.frames }, (_, frame) => frame * FRAME_MS);
    const truths = (known: typeof judged | null) => {
      const film = filmOf(reel, match.lastsMs, known);
      return frames.map((ms) => film.frameAt(ms).truth);
    };
    const [asFound, asGiven] = [truths(null), truths(judged)];
    const buoys = ({ nodes }: View): number => nodes.reduce((sum, node) => sum + node.wrong, 0);
    for (const figure of [buoys, ({ gauges }: View) => gauges.wrong]) {
      expect(asGiven.map(figure)).toEqual(asGiven.map(figure).toSorted((one, other) => one - other));
      expect(figure(asGiven.at(-1)!)).toBe(figure(asFound.at(-1)!));
      const early = asGiven.map((view, at) => figure(view) - figure(asFound[at]!));
      expect(Math.min(...early)).toBe(0);
      expect(Math.max(...early)).toBeGreaterThan(0);
    }
    for (const { node, atMs } of judged.wrong) {
      const before = asGiven.findLast(({ clockMs }) => clockMs < atMs)!;
      const after = asGiven.find(({ clockMs }) => clockMs >= atMs) ?? asGiven.at(-1)!;
      expect(after.nodes[node]!.wrong).toBeGreaterThan(before.nodes[node]!.wrong);
    }
  });

  test("has the gauges that were shown, at every moment, where no answer was wrong", async () => {
    const path = "01-one-box";
    const file = await matchFileBy(path, { policy: "reference", untilMs: 40_000 });
    const { reel, match } = filmed({ file, level: await findLevel(path) });
    const film = filmOf(reel, match.lastsMs, judgedOf(match));
    for (let ms = 0; ms <= film.filmedMs; ms += FRAME_MS) {
      const { truth, monitoring } = film.frameAt(ms);
      expect(truth.gauges).toEqual(monitoring.gauges);
    }
    expect(film.frameAt(film.filmedMs).truth.gauges).toMatchObject({
      wrong: 0,
      served: expect.toSatisfy((count) => count > 50) as number,
    });
  });
});
