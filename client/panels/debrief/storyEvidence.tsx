import type { AnomalyStory, StoryOperation } from "../../../shared/match/debrief.ts";
import type { Evidence, StoryMessage } from "../../../shared/match/evidence/evidence.ts";
import { arrowed } from "../../marks/arrow.tsx";
import { counted } from "../figures.ts";
import { Waterfall } from "../match/inspector/waterfall.tsx";
import { messageSentence, momentText } from "./messageSentence.ts";
import { chooseMessages } from "./timeSpaceMessages.ts";
import type { Search } from "./useEvidence.ts";

interface StoryEvidenceProps {
  readonly story: AnomalyStory;
  readonly search: Search;
}

/** Under the diagram: how far the search for what was said has come, and then all of it in words. */
export function StoryEvidence({ story, search: { evidence, progress, trouble } }: StoryEvidenceProps) {
  if (evidence !== null) return <Found story={story} evidence={evidence} />;
  if (trouble !== "") return <p class="evidence-note">{`What was said can't be shown: ${trouble}`}</p>;
  if (progress === null) return null;
  return (
    <p class="evidence-note">
      <progress value={progress} aria-label="Playing the match again" />
      {`Playing the match again for its messages… ${Math.floor(progress * 100)} %`}
    </p>
  );
}

function Found({ story, evidence }: { readonly story: AnomalyStory; readonly evidence: Evidence }) {
  const { tooLate, leftOut } = chooseMessages(story, evidence);
  const told = new Set(story.operations.map(({ id }) => id));
  const messages = evidence.messages.filter(({ operation }) => told.has(operation));
  const blamed = story.operations.find((operation) => operation.blamed);
  const trace = evidence.traces.find(({ operation }) => operation === blamed?.id);
  return (
    <div class="evidence">
      {story.operations.map((operation) => {
        const late = tooLate.filter((message) => message.operation === operation.id);
        return late.length === 0 ? null : (
          <p key={operation.id} class="evidence-note">
            {lateSentence(operation, late)}
          </p>
        );
      })}
      {leftOut > 0 && <p class="evidence-note">{`${counted(leftOut, "message")} more than the diagram has room for.`}</p>}
      <details>
        <summary>{`All ${counted(messages.length, "message")} in words`}</summary>
        <ol class="evidence-list">
          {messages.map((message, at) => (
            <li key={at} class={message.fate}>
              {arrowed(messageSentence(message))}
            </li>
          ))}
        </ol>
      </details>
      {trace !== undefined && trace.spans.length > 0 && (
        <section class="waterfalls" aria-label="The request that was answered wrong">
          <h3>The request that was answered wrong</h3>
          <Waterfall trace={trace} />
        </section>
      )}
    </div>
  );
}

/** "Write 909 reached Elm only at 00:28.083, Moss only at 00:28.089." */
function lateSentence({ text }: StoryOperation, late: readonly StoryMessage[]): string {
  const arrivals = late
    .toSorted((a, b) => a.arrivedAtMs - b.arrivedAtMs)
    .map(({ to, arrivedAtMs }) => `${to} only at ${momentText(arrivedAtMs)}`);
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)} reached ${arrivals.join(", ")}.`;
}
