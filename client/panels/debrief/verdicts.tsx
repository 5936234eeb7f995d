import type { VerdictView } from "../../../shared/match/debrief.ts";
import { Glyph } from "../../marks/glyph.tsx";
import { spoken } from "../figures.ts";

interface VerdictsProps {
  readonly verdicts: readonly VerdictView[];
  readonly lesson: string;
}

const OUTCOMES = {
  valid: { words: "held", glyph: "check" },
  invalid: { words: "broken", glyph: "cross" },
  unknown: { words: "not decided", glyph: "queue" },
} as const;

/** What the checkers said of each contract, and the level's own last words. */
export function Verdicts({ verdicts, lesson }: VerdictsProps) {
  return (
    <section class="verdicts panel" aria-labelledby="verdicts-title">
      <h2 id="verdicts-title">What clients were promised</h2>
      <ul>
        {verdicts.map(({ component, guarantee, outcome, sentence }) => (
          <li key={`${component} ${guarantee}`} class={outcome}>
            <Glyph name={OUTCOMES[outcome].glyph} size={22} />
            <p>
              <strong>{`${component}: ${spoken(guarantee)}`}</strong> <em>{OUTCOMES[outcome].words}</em>
              <small>{sentence}</small>
            </p>
          </li>
        ))}
      </ul>
      <p class="lesson">{lesson.trim()}</p>
    </section>
  );
}
