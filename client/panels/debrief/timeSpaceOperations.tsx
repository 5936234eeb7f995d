import { Buoy } from "../../marks/buoy.tsx";
import { SupposedMessage } from "./timeSpaceArrows.tsx";
import type { Drawn, DrawnAnswer, TimeSpacePlan } from "./timeSpacePlan.ts";

/** Half the width of a letter of an operation's text, in units of the drawing. */
const LETTER_HALF = 4.2;
/** Room that a note needs on the right of its dot, for each letter. */
const NOTE_LETTER = 7;

/** Longest text of an operation, in letters; the story above has it whole. */
const TEXT_LETTERS = 32;

interface OperationDrawnProps {
  readonly drawn: Drawn;
  readonly plan: TimeSpacePlan;
}

/** An operation as a bar on its client's line; until its messages are known, with those that it must have taken. */
export function OperationDrawn({ drawn, plan }: OperationDrawnProps) {
  const { operation, fromX, toX, clientY, nodeY } = drawn;
  const isSupposed = plan.messages === null;
  const text = textOf(drawn);
  const half = text.length * LETTER_HALF;
  const wanted = operation.blamed ? toX - half : (fromX + toX) / 2;
  const kind = operation.mutates ? "write" : "read";
  const middle = (fromX + toX) / 2;
  const answered = operation.completedAtMs >= 0;
  const isBelow = nodeY !== null && nodeY < clientY;
  return (
    <g class={`operation ${kind}${operation.blamed ? " blamed" : ""}`}>
      {isSupposed && nodeY !== null && (
        <>
          <SupposedMessage fromX={fromX} fromY={clientY} toX={middle} toY={nodeY} />
          {answered && <SupposedMessage fromX={middle} fromY={nodeY} toX={toX} toY={clientY} answer />}
          <circle class="at-node" cx={middle} cy={nodeY} r="5.5" />
        </>
      )}
      <rect class="bar" x={fromX} y={clientY - 5.5} width={Math.max(6, toX - fromX)} height="11" rx="5.5" />
      <text
        class="operation-text"
        x={Math.max(plan.left + half, Math.min(wanted, plan.width - half - 4))}
        y={isBelow ? clientY + 24 : clientY - 13}
      >
        {text}
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

/** "write 40", "read: 90", and no more of a long answer than there is room for. */
function textOf({ operation }: Drawn): string {
  const text = operation.text.replace(" → ", ": ");
  return text.length <= TEXT_LETTERS ? text : `${text.slice(0, TEXT_LETTERS - 1)}…`;
}

/** The moment at which a replica answered, and how it stood then. */
export function AnswerDrawn({ answer, right }: { readonly answer: DrawnAnswer; readonly right: number }) {
  const { x, y, text, mutates } = answer;
  const fitsRight = x + 12 + text.length * NOTE_LETTER < right;
  return (
    <g class={`operation ${mutates ? "write" : "read"}`}>
      <circle class="at-node" cx={x} cy={y} r="5.5" />
      <text class={fitsRight ? "answer-note" : "answer-note before"} x={fitsRight ? x + 11 : x - 11} y={y - 9}>
        {text}
      </text>
    </g>
  );
}

/** From the last acknowledged write before the blamed read to that read: how much later it asked. */
export function Later({ plan }: { readonly plan: TimeSpacePlan }) {
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
      <text x={(last.toX + blamed.fromX) / 2} y={y - 7}>
        {`${seconds.toFixed(2)} s later`}
      </text>
      <text
        class="acked"
        x={Math.max(last.toX, (last.fromX + last.toX) / 2 + textOf(last).length * LETTER_HALF) + 10}
        y={last.clientY - 13}
      >
        acked
      </text>
    </g>
  );
}
