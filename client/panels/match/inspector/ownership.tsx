import type { ComponentView, View } from "../../../../shared/match/view.ts";
import type { Helm } from "../helm.ts";
import { Refusal } from "../refusal.tsx";
import { Choice } from "./choice.tsx";

interface OwnershipProps {
  readonly view: View;
  readonly helm: Helm;
  readonly component: ComponentView;
}

/** Whose component it is, where the level gives components to teams; its owner may hand it over. */
export function Ownership({ view, helm, component }: OwnershipProps) {
  const owner = view.operators[component.owner];
  if (owner === undefined) return null;
  if (component.owner !== view.you) return <p class="their-call">{`It belongs to ${owner.name}: only they may change it.`}</p>;
  const others = view.operators.flatMap(({ name }, seat) => (seat === view.you ? [] : [{ value: String(seat), words: name }]));
  return (
    <section class="ownership" aria-label="Ownership">
      <Choice
        label="Yours; hand it over to"
        options={[{ value: "", words: "nobody" }, ...others]}
        chosen=""
        theirs={null}
        onChoose={(seat) =>
          seat !== "" && void helm.wish({ verb: "handOver", component: component.name, to: Number(seat) }, "handOver")
        }
      />
      <Refusal helm={helm} control="handOver" />
    </section>
  );
}
