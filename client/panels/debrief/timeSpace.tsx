import type { AnomalyStory, TimelineView } from "../../../shared/match/debrief.ts";
import { Buoy } from "../../marks/buoy.tsx";
import { Lighthouse } from "../../marks/lighthouse.tsx";
import { Village } from "../../marks/village.tsx";
import { clockText } from "../figures.ts";
import { type Drawn, type Line, planTimeSpace, type TimeSpacePlan } from "./timeSpacePlan.ts";

interface TimeSpaceProps {
  readonly story: AnomalyStory;
  readonly faults: TimelineView["faults"];
}

/** Half the width of a letter of an operation's text, in units of the drawing. */
const LETTER_HALF = 4.2;

/** The operations of a story in space and time: each a bar on its client's line, with a message to who answered and back. */
export function TimeSpace({ story, faults }: TimeSpaceProps) {
  const plan = planTimeSpace(story);
  return (
    <svg class="time-space" viewBox={`0 0 ${plan.width} ${plan.height}`} role="img" aria-label={spokenStory(story)}>
      <Faults plan={plan} faults={faults} />
      {plan.lines.map((line) => (
        <LineOfLife key={`${line.kind} ${line.name}`} line={line} plan={plan} />
      ))}
      <Later plan={plan} />
      {plan.operations.map((drawn, at) => (
        <OperationDrawn key={at} drawn={drawn} />
      ))}
      {plan.breaks.map((x) => (
        <path
          key={x}
          class="time-break"
          d={plan.lines.map(({ y }) => `M${x - 9} ${y + 9}l8-18M${x + 1} ${y + 9}l8-18`).join("")}
        />
      ))}
      {plan.ticks.map(({ x, ms }) => (
        <text key={ms} class="tick" x={x} y={plan.height - 4}>
          {`${clockText(ms)}.${String(Math.round(ms % 1_000)).padStart(3, "0")}`}
        </text>
      ))}
    </svg>
  );
}

function LineOfLife({ line, plan }: { line: Line; plan: TimeSpacePlan }) {
  return (
    <g>
      {line.kind === "node" ? (
        <Lighthouse x={26} y={line.y + 20} scale={0.44} />
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

function OperationDrawn({ drawn }: { drawn: Drawn }) {
  const { operation, fromX, toX, clientY, nodeY } = drawn;
  const kind = operation.mutates ? "write" : "read";
  const middle = (fromX + toX) / 2;
  const answered = operation.completedAtMs >= 0;
  const above = nodeY !== null && nodeY < clientY;
  return (
    <g class={`operation ${kind}${operation.blamed ? " blamed" : ""}`}>
      {nodeY !== null && (
        <>
          <Message fromX={fromX} fromY={clientY} toX={middle} toY={nodeY} />
          {answered && <Message fromX={middle} fromY={nodeY} toX={toX} toY={clientY} answer />}
          <circle class="at-node" cx={middle} cy={nodeY} r="5.5" />
        </>
      )}
      <rect class="bar" x={fromX} y={clientY - 5.5} width={Math.max(6, toX - fromX)} height="11" rx="5.5" />
      <text
        class={operation.blamed ? "operation-text before" : "operation-text"}
        x={operation.blamed ? toX : middle}
        y={above ? clientY + 24 : clientY - 13}
      >
        {operation.text.replace(" → ", ": ")}
      </text>
      {!answered && (
        <text class="operation-note" x={toX} y={clientY - 13}>
          no answer
        </text>
      )}
      {operation.blamed && <Buoy x={toX + 28} y={clientY + 6} count={1} />}
    </g>
  );
}

function Message(props: { fromX: number; fromY: number; toX: number; toY: number; answer?: boolean }) {
  const { fromX, fromY, toX, toY, answer = false } = props;
  const angle = (Math.atan2(toY - fromY, toX - fromX) * 180) / Math.PI;
  return (
    <g class={answer ? "message answer" : "message"}>
      <path d={`M${fromX} ${fromY}L${toX} ${toY}`} />
      <path class="tip-of-message" d="M-12-5L-2 0L-12 5" transform={`translate(${toX} ${toY}) rotate(${angle})`} />
    </g>
  );
}

/** From the last acknowledged write before the blamed read to that read: how much later it asked. */
function Later({ plan }: { plan: TimeSpacePlan }) {
  const blamed = plan.operations.find(({ operation }) => operation.blamed);
  const acked = plan.operations.filter(
    ({ operation }) =>
      operation.mutates &&
      operation.completedAtMs >= 0 &&
      operation.completedAtMs <= (blamed?.operation.invokedAtMs ?? -1),
  );
  const last = acked.toSorted((a, b) => b.operation.completedAtMs - a.operation.completedAtMs)[0];
  if (blamed === undefined || last === undefined) return null;
  const seconds = (blamed.operation.invokedAtMs - last.operation.completedAtMs) / 1_000;
  const y = last.clientY + 26;
  return (
    <g class="later">
      <path
        class="later-guide"
        d={`M${last.toX} ${last.clientY}V${plan.height - 24}M${blamed.fromX} ${y - 8}V${blamed.clientY}`}
      />
      <path d={`M${last.toX} ${y}H${blamed.fromX}M${last.toX} ${y - 5}v10M${blamed.fromX} ${y - 5}v10`} />
      <text x={(last.toX + blamed.fromX) / 2} y={y + 19}>
        {`${seconds.toFixed(2)} s later`}
      </text>
      <text
        class="acked"
        x={Math.max(last.toX, (last.fromX + last.toX) / 2 + last.operation.text.length * LETTER_HALF) + 10}
        y={last.clientY - 13}
      >
        acked
      </text>
    </g>
  );
}

/** Faults that were on while it happened, as fog across the diagram. */
function Faults({ plan, faults }: { plan: TimeSpacePlan; faults: TimelineView["faults"] }) {
  const moments = plan.operations.map(({ operation }) => operation.invokedAtMs);
  const during = faults.filter(({ fromMs, untilMs }) => moments.some((ms) => fromMs <= ms && ms <= untilMs));
  if (during.length === 0) return null;
  const y = plan.height - 58;
  return (
    <g class="fault-fog">
      <rect x={plan.left} y={y} width={plan.width - plan.left - 12} height="26" rx="13" />
      <text x={plan.width - 26} y={y + 18}>
        {during
          .map(({ text, fromMs, untilMs }) => `${text}, ${clockText(fromMs)} to ${clockText(untilMs)}`)
          .join(" · ")}
      </text>
    </g>
  );
}

function spokenStory(story: AnomalyStory): string {
  const told = story.operations.map(
    ({ client, text, node, blamed }) =>
      `client ${client} ${text}${node === "" ? "" : ` at ${node}`}${blamed ? ", wrong" : ""}`,
  );
  return `Diagram: ${told.join("; ")}`;
}
