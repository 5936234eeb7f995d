import type { ComponentChildren } from "preact";
import "../../styles/levelFacts.css";
import type { LevelCard } from "../../../shared/match/view.ts";
import { Star } from "../../marks/star.tsx";
import { clockText, moneyText } from "../figures.ts";
import { starsAsk, wonOn } from "../stars.ts";

interface LevelDetailProps {
  readonly level: LevelCard;
  /** What can be done with it: the buttons at the foot. */
  readonly children: ComponentChildren;
}

/** All that a level says of itself before it is played. */
export function LevelDetail({ level, children }: LevelDetailProps) {
  const won = wonOn(level.id);
  return (
    <article class="level-detail panel">
      <p class="quiet">{`Level ${level.number} · teaches ${level.teaches.join(", ")}`}</p>
      <h2 class="title">{level.title}</h2>
      <p class="briefing">{level.briefing.trim()}</p>
      <ul class="asks">
        {starsAsk(level).map((ask, at) => (
          <li key={ask}>
            <Star won={won.stars[at] ?? false} /> {ask}
          </li>
        ))}
      </ul>
      <ul class="promises" aria-label="What clients were promised">
        {level.promises.map((promise) => (
          <li key={promise}>{promise}</li>
        ))}
      </ul>
      <Facts level={level} best={won.bestScore} />
      <div class="level-doors">{children}</div>
    </article>
  );
}

function Facts({ level, best }: { level: LevelCard; best: number }) {
  const { operatorsMin, operatorsMax } = level;
  return (
    <dl class="facts">
      <dt>Length</dt>
      <dd class="mono">{clockText(level.lastsMs)}</dd>
      <dt>Budget</dt>
      <dd class="mono">{moneyText(level.budget)}</dd>
      <dt>Best score</dt>
      <dd class={best < 0 ? "quiet" : "mono"}>{best < 0 ? "not played" : `${Math.round(best)} of 1,000`}</dd>
      <dt>Operators</dt>
      <dd>{operatorsMin === operatorsMax ? operatorsMin : `${operatorsMin} to ${operatorsMax}`}</dd>
    </dl>
  );
}
