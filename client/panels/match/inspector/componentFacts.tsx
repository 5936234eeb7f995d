import type { ComponentView } from "../../../../shared/match/view.ts";
import { PromiseFlag } from "../../../marks/promiseFlag.tsx";
import { msText, rateText, spoken } from "../../figures.ts";

/** How a component fares, in a few figures. */
export function ComponentFacts({
  component,
  promised,
}: {
  readonly component: ComponentView;
  readonly promised?: string | undefined;
}) {
  return (
    <dl class="place-facts">
      <dt>Rate</dt>
      <dd class="mono">{rateText(component.ratePerSecond)}</dd>
      <dt>Errors</dt>
      <dd class={component.errorsPerSecond > 0 ? "bad mono" : "mono"}>{rateText(component.errorsPerSecond)}</dd>
      <dt>p50 / p99</dt>
      <dd class="mono">{`${msText(component.latencyMsP50)} / ${msText(component.latencyMsP99)} ms`}</dd>
      {promised !== undefined && (
        <>
          <dt>Promised</dt>
          <dd>
            <PromiseFlag size={16} /> {spoken(promised)}
          </dd>
        </>
      )}
    </dl>
  );
}
