import type { Debrief, VerdictView } from "../../../shared/match/debrief.ts";
import { Glyph } from "../../marks/glyph.tsx";
import { spoken } from "../figures.ts";

interface VerdictsProps {
  readonly verdicts: readonly VerdictView[];
  readonly claims: Debrief["claims"];
  readonly lesson: string;
}

const OUTCOMES = {
  valid: { words: "held", glyph: "check" },
  invalid: { words: "broken", glyph: "cross" },
  unknown: { words: "not decided", glyph: "queue" },
} as const;

const CLAIMS = {
  open: { words: "not judged", verdict: "unknown" },
  kept: { words: "and it was", verdict: "valid" },
  broken: { words: "it was not, and that was fined", verdict: "invalid" },
  unknown: { words: "not decided", verdict: "unknown" },
} as const;

/** What the checkers said of each contract, and the level's own last words. */
export function Verdicts({ verdicts, claims, lesson }: VerdictsProps) {
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
      {claims.length > 0 && (
        <ul aria-label="Claims">
          {claims.map(({ component, guarantee, outcome }) => (
            <li key={`${component} ${guarantee}`} class={CLAIMS[outcome].verdict}>
              <Glyph name={OUTCOMES[CLAIMS[outcome].verdict].glyph} size={22} />
              <p>
                <strong>{`Claimed: ${component} is ${spoken(guarantee)}`}</strong> <em>{CLAIMS[outcome].words}</em>
              </p>
            </li>
          ))}
        </ul>
      )}
      <p class="lesson">{lesson.trim()}</p>
    </section>
  );
}
