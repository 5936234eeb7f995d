import type { ComponentView, View } from "../../../../shared/match/view.ts";
import { spoken } from "../../figures.ts";
import type { Helm } from "../helm.ts";
import { Refusal } from "../refusal.tsx";
import { whoseCall } from "../whoseCall.ts";
import { Choice } from "./choice.tsx";
import { ComponentFacts } from "./componentFacts.tsx";

interface BalancerPanelProps {
  readonly view: View;
  readonly helm: Helm;
  readonly balancer: ComponentView;
}

/** A balancer: how it deals requests out. Drain and weight are done at the nodes. */
export function BalancerPanel({ view, helm, balancer }: BalancerPanelProps) {
  const call = whoseCall(view, "policy");
  const { balancing } = balancer;
  return (
    <>
      <ComponentFacts component={balancer} />
      {balancing !== null && call.kind !== "absent" && (
        <Choice
          label="Policy"
          options={balancing.policies.map((policy) => ({ value: policy, words: spoken(policy) }))}
          chosen={balancing.policy}
          theirs={call.kind === "theirs" ? call.words : null}
          onChoose={(policy) => void helm.wish({ verb: "policy", balancer: balancer.name, policy }, "policy")}
        />
      )}
      <Refusal helm={helm} control="policy" />
      <p class="quiet">Select a node to drain it or to change its weight, a zone to send its clients elsewhere.</p>
    </>
  );
}
