import type { AnomalyStory } from "../../../shared/match/debrief.ts";
import type { Evidence, StoryMessage } from "../../../shared/match/evidence/evidence.ts";
import { clockText, counted } from "../figures.ts";
import { Waterfall } from "../match/inspector/waterfall.tsx";
import { messageSentence } from "./messageSentence.ts";
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
      {tooLate.map((message) => (
        <p key={`${message.operation} ${message.to}`} class="evidence-note">
          {lateSentence(message, story)}
        </p>
      ))}
      {leftOut > 0 && <p class="evidence-note">{`${counted(leftOut, "message")} more than the diagram has room for.`}</p>}
      <details>
        <summary>{`All ${counted(messages.length, "message")} in words`}</summary>
        <ol class="evidence-list">
          {messages.map((message, at) => (
            <li key={at} class={message.fate}>
              {messageSentence(message)}
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

/** "Write 909 reached Moss only at 00:28.089." */
function lateSentence({ operation, to, arrivedAtMs }: StoryMessage, { operations }: AnomalyStory): string {
  const what = operations.find(({ id }) => id === operation)?.text ?? "the write";
  const moment = `${clockText(arrivedAtMs)}.${String(Math.floor(arrivedAtMs % 1_000)).padStart(3, "0")}`;
  return `${what.slice(0, 1).toUpperCase()}${what.slice(1)} reached ${to} only at ${moment}.`;
}
