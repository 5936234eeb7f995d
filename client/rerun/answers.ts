import { isRefusal } from "../../shared/core/refusal.ts";
import { follow, matchExports } from "../../shared/match/exports.ts";
import { EvidenceRecorder } from "../../shared/match/evidence/evidenceRecorder.ts";
import type { LoggedIntent } from "../../shared/match/intent.ts";
import { WhatIf } from "../../shared/match/whatIf.ts";
import type { Playable } from "./playable.ts";
import type { Work } from "./slices.ts";
import type { Asks } from "./speech.ts";

/** Ticks that are played between two looks up. */
const STEP_TICKS = 2;
/** Characters of a file that are gathered between two looks up. */
const PART_LENGTH = 1_000_000;

/** How each question is answered, as work that can be dropped. */
export type Answering = {
  readonly [Name in keyof Asks]: (...given: Parameters<Asks[Name]>) => Work<ReturnType<Asks[Name]>>;
};

/** Ways to answer whatever a page may ask about a match. */
export function answering({ file, level }: Playable): Answering {
  let looked = { log: file.log as readonly LoggedIntent[], again: new WhatIf({ ...file, level }) };
  return {
    *whatIf(log) {
      const again = new WhatIf({ ...file, level, log });
      yield* playing(again, file.ticks);
      return again.outcome();
    },
    *options(tick, log) {
      // Who steps through a match asks for one moment after the other: the run goes on where it was left.
      const goesOn = looked.again.match.tick <= tick && isSameUntil(tick, looked.log, log);
      if (!goesOn) looked = { log, again: new WhatIf({ ...file, level, log }) };
      const { again } = looked;
      yield* playing(again, tick);
      return again.optionsAt(tick);
    },
    *evidence(operations) {
      const again = new WhatIf({ ...file, level });
      const recorder = new EvidenceRecorder(again.match, operations);
      yield* playing(again, file.ticks);
      again.playTo(Infinity);
      return recorder.evidence();
    },
    *write(format, component) {
      const again = new WhatIf({ ...file, level });
      const followed = follow(again.match);
      const { ending, write } = matchExports[format];
      yield* playing(again, file.ticks);
      again.playTo(Infinity);
      const written = write(followed, component ?? undefined);
      if (isRefusal(written)) return written;
      const name = [level.id, component, format].filter((part) => part !== null).join("-");
      return { blob: yield* blobOf(written.pieces), name: `${name}.${ending}` };
    },
  };
}

/** Gathers text without holding it all at once as one string, which would be too long for some matches. */
function* blobOf(pieces: Iterable<string>): Work<Blob> {
  const parts: string[] = [];
  let part = "";
  for (const piece of pieces) {
    part += piece;
    if (part.length < PART_LENGTH) continue;
    parts.push(part);
    part = "";
    yield 1;
  }
  return new Blob([...parts, part], { type: "text/plain" });
}

function isSameUntil(tick: number, one: readonly LoggedIntent[], other: readonly LoggedIntent[]): boolean {
  const [before, after] = [one, other].map((log) => JSON.stringify(log.filter((logged) => logged.tick <= tick)));
  return before === after;
}

function* playing(again: WhatIf, untilTick: number): Work<void> {
  while (!again.match.over && again.match.tick < untilTick) {
    again.playTo(Math.min(untilTick, again.match.tick + STEP_TICKS));
    yield again.match.tick / untilTick;
  }
}
