import type { AnomalyStory, Debrief } from "../../../shared/match/debrief.ts";
import { arrowed } from "../../marks/arrow.tsx";
import { Glyph } from "../../marks/glyph.tsx";
import { spoken } from "../figures.ts";
import { TimeSpace } from "./timeSpace.tsx";

interface StoryPanelProps {
  readonly story: AnomalyStory | null;
  readonly debrief: Debrief;
}

/** The worst wrong answer: in words, then as the messages that prove it. */
export function StoryPanel({ story, debrief }: StoryPanelProps) {
  return (
    <section class="story panel" aria-labelledby="story-title">
      <header>
        <h2 class="title" id="story-title">
          {story === null ? "No wrong answer" : "The worst wrong answer"}
        </h2>
        {story !== null && (
          <p class="quiet">
            <span>{spoken(story.name)}</span> <span>{`breaks: ${spoken(story.guarantee)}`}</span>{" "}
            <span>{`${story.component}, key ${story.key}`}</span>
          </p>
        )}
      </header>
      {story === null ? (
        <p class="story-calm">
          <Glyph name="calm" size={40} />
          Every answer was allowed by its contract, and the checkers looked at all of them.
        </p>
      ) : (
        <>
          <p class="story-text">{arrowed(story.text)}</p>
          <div class="time-space-scroll" tabIndex={0} role="group" aria-label="Diagram of the story">
            <TimeSpace story={story} faults={debrief.timeline.faults} />
          </div>
        </>
      )}
    </section>
  );
}
