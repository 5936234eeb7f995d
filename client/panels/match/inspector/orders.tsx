import type { Intent } from "../../../../shared/match/intent.ts";
import type { ComponentView, OrderView, View } from "../../../../shared/match/view.ts";
import type { Helm } from "../helm.ts";
import { Refusal } from "../refusal.tsx";
import { whoseComponent } from "../whoseCall.ts";

interface OrdersProps {
  readonly view: View;
  readonly helm: Helm;
  readonly component: ComponentView;
}

/** What a component can be told to do once: repairs, rebuilds, replays. What makes no sense just now says why. */
export function Orders({ view, helm, component }: OrdersProps) {
  const known = component.orders.filter(({ verb }) => view.verbs.some(({ name }) => name === verb));
  if (known.length === 0) return null;
  return (
    <section class="orders" aria-label={`Orders for ${component.name}`}>
      {known.map((order) => (
        <OrderButton key={order.verb} view={view} helm={helm} component={component} order={order} />
      ))}
      <Refusal helm={helm} control={`order ${component.name}`} />
    </section>
  );
}

function OrderButton({ view, helm, component, order }: OrdersProps & { readonly order: OrderView }) {
  const verb = order.verb as Extract<Intent["verb"], "repair">;
  const call = whoseComponent(view, verb, component);
  const job = view.jobs.find(({ at, text }) => at === `c${view.components.indexOf(component)}` && text.includes(verb));
  const note = call.kind === "theirs" ? call.words : order.refusal === "" ? order.about : order.refusal;
  return (
    <div class="verb">
      <button
        type="button"
        class="button"
        disabled={call.kind !== "yours" || order.refusal !== ""}
        onClick={() => void helm.wish({ verb, component: component.name }, `order ${component.name}`)}
      >
        <span>
          <strong>{verb.slice(0, 1).toUpperCase() + verb.slice(1)}</strong>
          <small>{note}</small>
        </span>
      </button>
      {job !== undefined && (
        <progress aria-label={job.text} value={view.clockMs - job.fromMs} max={Math.max(1, job.untilMs - job.fromMs)} />
      )}
    </div>
  );
}
