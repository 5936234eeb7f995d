import type { ComponentView } from "../../../../shared/match/view.ts";
import { msText, rateText } from "../../figures.ts";

/** How a component fares, in four figures. */
export function ComponentFacts({ component }: { readonly component: ComponentView }) {
  return (
    <dl class="place-facts">
      <dt>Rate</dt>
      <dd class="mono">{rateText(component.ratePerSecond)}</dd>
      <dt>Errors</dt>
      <dd class={component.errorsPerSecond > 0 ? "bad mono" : "mono"}>{rateText(component.errorsPerSecond)}</dd>
      <dt>p50 / p99</dt>
      <dd class="mono">{`${msText(component.latencyMsP50)} / ${msText(component.latencyMsP99)} ms`}</dd>
    </dl>
  );
}
