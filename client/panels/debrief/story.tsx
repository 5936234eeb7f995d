import { useState } from "preact/hooks";
import type { AnomalyStory, Debrief } from "../../../shared/match/debrief.ts";
import { arrowed } from "../../marks/arrow.tsx";
import { Glyph } from "../../marks/glyph.tsx";
import { clockText, counted, spoken } from "../figures.ts";
import { OrderDiagram } from "./orderDiagram.tsx";
import { StoryEvidence } from "./storyEvidence.tsx";
import { TimeSpace } from "./timeSpace.tsx";
import { type Search, useEvidence } from "./useEvidence.ts";

interface StoryPanelProps {
  readonly stories: readonly AnomalyStory[];
  readonly debrief: Debrief;
  /** Id of the match in the server's keeping, from which it can be played again; null when it is not kept. */
  readonly matchFile: string | null;
  /** Shows the match at a moment; left out where it can't be played again. */
  onReplay?: ((atMs: number) => void) | undefined;
}

/** The worst wrong answers, one at a time: in words, as the messages that prove it, and as the order that can't be. */
export function StoryPanel({ stories, debrief, matchFile, onReplay }: StoryPanelProps) {
  const [at, setAt] = useState(0);
  const search = useEvidence(stories, matchFile);
  const story = stories[at];
  return (
    <section class="story panel" aria-labelledby="story-title">
      <header>
        <h2 class="title" id="story-title">
          {story === undefined ? "No wrong answer" : at === 0 ? "The worst wrong answer" : "Another wrong answer"}
        </h2>
        {stories.length > 1 && <Steps at={at} of={stories.length} onStep={setAt} />}
      </header>
      {story === undefined ? <Calm /> : <Told key={at} story={story} debrief={debrief} search={search} onReplay={onReplay} />}
    </section>
  );
}

function Calm() {
  return (
    <p class="story-calm">
      <Glyph name="calm" size={40} />
      Every answer was allowed by its contract, and the checkers looked at all of them.
    </p>
  );
}

interface ToldProps {
  readonly story: AnomalyStory;
  readonly debrief: Debrief;
  readonly search: Search;
  readonly onReplay: ((atMs: number) => void) | undefined;
}

function Told({ story, debrief, search, onReplay }: ToldProps) {
  return (
    <>
      <p class="story-facts quiet">
        <b>{story.title}</b> <span>{`breaks: ${spoken(story.guarantee)}`}</span>{" "}
        <span>{`${story.component}, key ${story.key}`}</span> <span>{howOften(story)}</span>
      </p>
      <p class="story-what">
        {story.what} <cite>{story.source}</cite>
      </p>
      <p class="story-text">{arrowed(story.text)}</p>
      <div class="time-space-scroll" tabIndex={0} role="group" aria-label="Diagram of the story">
        <TimeSpace story={story} evidence={search.evidence} faults={debrief.timeline.faults} />
      </div>
      {onReplay !== undefined && (
        <p class="story-doors">
          <button type="button" class="button" onClick={() => onReplay(story.atMs)}>
            See it in the replay
          </button>
        </p>
      )}
      <StoryEvidence story={story} search={search} />
      <OrderDiagram story={story} />
    </>
  );
}

/** "145 in all, 01:26 to 01:43". */
function howOften({ wrongInAll, fromMs, untilMs }: AnomalyStory): string {
  if (wrongInAll === 1) return `the only one, at ${clockText(untilMs)}`;
  return `${counted(wrongInAll, "wrong answer")}, ${clockText(fromMs)} to ${clockText(untilMs)}`;
}

interface StepsProps {
  readonly at: number;
  readonly of: number;
  onStep(at: number): void;
}

/** Leads from story to story, with buttons or the arrow keys on them. */
function Steps({ at, of, onStep }: StepsProps) {
  const step = (by: number): void => onStep((at + by + of) % of);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    event.preventDefault();
    step(event.key === "ArrowRight" ? 1 : -1);
  };
  return (
    <div class="story-steps" role="group" aria-label="Wrong answers" onKeyDown={onKeyDown}>
      <button type="button" class="button" aria-label="Story before" onClick={() => step(-1)}>
        ‹
      </button>
      <span class="mono" role="status">{`${at + 1} of ${of}`}</span>
      <button type="button" class="button" aria-label="Next story" onClick={() => step(1)}>
        ›
      </button>
    </div>
  );
}
