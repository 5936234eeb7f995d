import "../../styles/timeSpace.css";
import type { AnomalyStory, TimelineView } from "../../../shared/match/debrief.ts";
import type { Evidence } from "../../../shared/match/evidence/evidence.ts";
import { Lighthouse } from "../../marks/lighthouse.tsx";
import { Village } from "../../marks/village.tsx";
import { clockText } from "../figures.ts";
import { momentText } from "./messageSentence.ts";
import { AnswerDrawn, Later, OperationDrawn } from "./timeSpaceOperations.tsx";
import { MessageDrawn } from "./timeSpaceArrows.tsx";
import type { Line } from "./timeSpaceLines.ts";
import { planTimeSpace, type TimeSpacePlan } from "./timeSpacePlan.ts";

interface TimeSpaceProps {
  readonly story: AnomalyStory;
  /** What was really said; null until the match has been played again. */
  readonly evidence: Evidence | null;
  readonly faults: TimelineView["faults"];
}

/** Letters that a line across the diagram has room for. */
const LINE_LETTERS = 84;

/** The operations of a story in space and time: each a bar on its client's line, with the messages that it took. */
export function TimeSpace({ story, evidence, faults }: TimeSpaceProps) {
  const plan = planTimeSpace(story, evidence, faults);
  return (
    <svg class="time-space" viewBox={`0 0 ${plan.width} ${plan.height}`} role="img" aria-label={spokenStory(story)}>
      {plan.fog === null ? <Faults plan={plan} faults={faults} story={story} /> : <FogBank fog={plan.fog} />}
      {plan.lines.map((line) => (
        <LineOfLife key={`${line.kind} ${line.name}`} line={line} plan={plan} />
      ))}
      <Later plan={plan} />
      {plan.messages?.map((drawn, at) => (
        <MessageDrawn key={at} drawn={drawn} story={story} />
      ))}
      {plan.operations.map((drawn, at) => (
        <OperationDrawn key={at} drawn={drawn} plan={plan} />
      ))}
      {plan.answers.map((answer, at) => (
        <AnswerDrawn key={at} answer={answer} right={plan.width} />
      ))}
      {plan.breaks.map((x) => (
        <path
          key={x}
          class="time-break"
          d={plan.lines.map(({ y }) => `M${x - 9} ${y + 9}l8-18M${x + 1} ${y + 9}l8-18`).join("")}
        />
      ))}
      {plan.ticks.map(({ x, ms }) => (
        <text key={ms} class="tick" x={x} y={plan.height - 6}>
          {momentText(ms)}
        </text>
      ))}
    </svg>
  );
}

function LineOfLife({ line, plan }: { line: Line; plan: TimeSpacePlan }) {
  return (
    <g>
      {line.kind === "node" ? (
        <Lighthouse x={26} y={line.y + 18} scale={0.4} leads={line.leads} />
      ) : (
        <Village x={26} y={line.y} scale={0.5} />
      )}
      <text class="line-name" x={56} y={line.note === "" ? line.y + 5 : line.y - 1}>
        {line.kind === "client" ? `client ${line.name}` : line.name}
      </text>
      <text class="line-note" x={56} y={line.y + 17}>
        {line.note}
      </text>
      <path class={`line-of-${line.kind}`} d={`M${plan.left} ${line.y}H${plan.width - 12}`} />
    </g>
  );
}

/** A partition, between the lines that it parted, for as long as it lasted. */
function FogBank({ fog }: { readonly fog: NonNullable<TimeSpacePlan["fog"]> }) {
  const { y, fromX, untilX, fault } = fog;
  const width = Math.max(60, untilX - fromX);
  const crests = Array.from({ length: Math.floor(width / 90) }, (_, at) => fromX + 30 + at * 90);
  return (
    <g class="fault-fog">
      <rect x={fromX} y={y - 17} width={width} height="34" rx="17" />
      <path class="fog-wave" d={crests.map((x, at) => `M${x} ${y - 5 + (at % 2) * 10}q8-7 16 0t16 0`).join("")} />
      <text x={fromX + width - 14} y={y + 5}>
        {faultText(fault)}
      </text>
    </g>
  );
}

/** Faults that were on while it happened, as fog across the diagram. */
function Faults({ plan, faults, story }: { plan: TimeSpacePlan; faults: TimelineView["faults"]; story: AnomalyStory }) {
  const moments = story.operations.map(({ invokedAtMs }) => invokedAtMs);
  const during = faults.filter(({ fromMs, untilMs }) => moments.some((ms) => fromMs <= ms && ms <= untilMs));
  if (during.length === 0) return null;
  const y = plan.height - 50;
  return (
    <g class="fault-fog">
      <rect x={plan.left} y={y} width={plan.width - plan.left - 12} height="26" rx="13" />
      <text x={plan.width - 26} y={y + 18}>
        {listed(during.map(faultText))}
      </text>
    </g>
  );
}

/** "partition A | B C, 00:08 to 00:28"; our faces have no arrow letter, and a drawing can't have one drawn into its text. */
function faultText({ text, fromMs, untilMs }: TimelineView["faults"][number]): string {
  return `${text.replace("→", "to")}, ${clockText(fromMs)} to ${clockText(untilMs)}`;
}

/** As many as fit on one line, and how many more there are. */
function listed(texts: readonly string[]): string {
  const kept = texts.slice(0, 1);
  for (const text of texts.slice(1)) {
    if ([...kept, text].join(" · ").length > LINE_LETTERS) break;
    kept.push(text);
  }
  return kept.length === texts.length ? kept.join(" · ") : `${kept.join(" · ")} · ${texts.length - kept.length} more`;
}

function spokenStory(story: AnomalyStory): string {
  const told = story.operations.map(
    ({ client, text, node, blamed }) =>
      `client ${client} ${text}${node === "" ? "" : ` at ${node}`}${blamed ? ", wrong" : ""}`,
  );
  return `Diagram: ${told.join("; ")}`;
}
