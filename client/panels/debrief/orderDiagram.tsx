import type { AnomalyStory, StoryEdge, StoryOperation } from "../../../shared/match/debrief.ts";

/** More operations than this stand below each other on every display. */
const SIDE_BY_SIDE = 4;

/**
 * The order that could not be built: the operations of a story in a line, each of which has to come before the next, and
 * the arrow that leads back from the last to the first.
 */
export function OrderDiagram({ story }: { readonly story: AnomalyStory }) {
  if (story.order.length === 0) return null;
  const steps = fromFirstAsked(story.order);
  const back = steps.at(-1)!;
  const of = (place: number): StoryOperation => story.operations[place]!;
  return (
    <figure class={steps.length > SIDE_BY_SIDE ? "order tall" : "order"} aria-labelledby="order-title">
      <figcaption id="order-title">The order that can't be</figcaption>
      <p class="spoken">{spokenOrder(steps, of)}</p>
      <div class="order-ring" aria-hidden="true" style={{ "--rows": 2 * steps.length - 1 }}>
        {steps.map((step, at) => (
          <Step key={step.before} operation={of(step.before)} words={at < steps.length - 1 ? step.words : null} />
        ))}
        <p class="order-back">
          <span>{back.words}</span>
        </p>
      </div>
    </figure>
  );
}

/** An operation, and the arrow to the one that it must come before; none behind the last. */
function Step({ operation, words }: { readonly operation: StoryOperation; readonly words: string | null }) {
  const kind = operation.mutates ? "write" : "read";
  return (
    <>
      <p class={`order-step ${kind}${operation.blamed ? " blamed" : ""}`}>
        <b>{operation.text.replace(" → ", ": ")}</b>
        <small>{`client ${operation.client}`}</small>
      </p>
      {words !== null && (
        <p class="order-arrow">
          <span>{words}</span>
        </p>
      )}
    </>
  );
}

/** The ring from the operation that was asked first, so that time runs forward until the arrow that leads back. */
function fromFirstAsked(order: readonly StoryEdge[]): StoryEdge[] {
  const first = order.reduce((found, { before }, at) => (before < order[found]!.before ? at : found), 0);
  return [...order.slice(first), ...order.slice(0, first)];
}

/** The same in words, for whoever does not see it. */
function spokenOrder(steps: readonly StoryEdge[], of: (place: number) => StoryOperation): string {
  const name = (place: number): string => `${of(place).text.replace(" → ", ": ")} of client ${of(place).client}`;
  const told = steps.map(({ before, after, words }) => `${name(before)} must come before ${name(after)} (${words})`);
  return `${told.join("; ")}. So ${name(steps[0]!.before)} would have to come before itself.`;
}
