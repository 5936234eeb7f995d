import { Fragment } from "preact";
import type { AnomalyStory } from "../../../shared/match/debrief.ts";

/** The order that could not be built: operations in a row, each of which must come before the next, and then the first again. */
export function OrderDiagram({ story }: { readonly story: AnomalyStory }) {
  const { order, operations } = story;
  if (order.length === 0) return null;
  const name = (place: number): string => operations[place]!.text.replace(" → ", ": ");
  return (
    <figure class="order">
      <figcaption>The order that can't be built</figcaption>
      <ol>
        {order.map((edge) => (
          <Fragment key={edge.before}>
            <li>{name(edge.before)}</li>
            <li class="order-why">{edge.words}</li>
          </Fragment>
        ))}
        <li>{name(order[0]!.before)}</li>
      </ol>
    </figure>
  );
}
