import type { AnomalyStory } from "../../../shared/match/debrief.ts";
import { messageSentence } from "./messageSentence.ts";
import type { DrawnMessage } from "./timeSpaceMessages.ts";

/** A message on its way: an arrow from when it was sent to when it arrived; one that never did ends in a cross. */
export function MessageDrawn({ drawn, story }: { readonly drawn: DrawnMessage; readonly story: AnomalyStory }) {
  const { message, fromX, fromY, toX, toY, isLost, plate } = drawn;
  const operation = story.operations.find(({ id }) => id === message.operation);
  const isWrong = message.kind === "reply" && operation?.blamed === true;
  const kind = operation?.mutates === true ? "write" : "read";
  return (
    <g class={`said ${kind} ${message.kind}${isLost ? " lost" : ""}${isWrong ? " wrong" : ""}`}>
      <title>{messageSentence(message)}</title>
      <path class="way" d={`M${fromX} ${fromY}L${toX} ${toY}`} />
      {isLost ? (
        <path class="cross" d={`M${toX - 6} ${toY - 6}l12 12m0-12l-12 12`} />
      ) : (
        <ArrowTip fromX={fromX} fromY={fromY} toX={toX} toY={toY} />
      )}
      {plate !== null && (
        <text class="plate" x={plate.x} y={plate.y}>
          {plate.words}
        </text>
      )}
    </g>
  );
}

/** A message as it must have been, before it is known what was really said. */
export function SupposedMessage(props: { fromX: number; fromY: number; toX: number; toY: number; answer?: boolean }) {
  const { fromX, fromY, toX, toY, answer = false } = props;
  return (
    <g class={answer ? "message answer" : "message"}>
      <path d={`M${fromX} ${fromY}L${toX} ${toY}`} />
      <ArrowTip fromX={fromX} fromY={fromY} toX={toX} toY={toY} />
    </g>
  );
}

function ArrowTip({ fromX, fromY, toX, toY }: { fromX: number; fromY: number; toX: number; toY: number }) {
  const angle = (Math.atan2(toY - fromY, toX - fromX) * 180) / Math.PI;
  return <path class="tip-of-message" d="M-11-5L-1 0L-11 5" transform={`translate(${toX} ${toY}) rotate(${angle})`} />;
}
