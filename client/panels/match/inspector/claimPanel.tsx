import type { ComponentView, View } from "../../../../shared/match/view.ts";
import { spoken } from "../../figures.ts";
import type { Helm } from "../helm.ts";
import { Refusal } from "../refusal.tsx";
import { whoseCall } from "../whoseCall.ts";
import { Choice } from "./choice.tsx";

interface ClaimPanelProps {
  readonly view: View;
  readonly helm: Helm;
  readonly component: ComponentView;
}

/** What the crew claims of a component: the checker judges it at the end, and a claim that does not hold is fined. */
export function ClaimPanel({ view, helm, component }: ClaimPanelProps) {
  const call = whoseCall(view, "claim");
  if (call.kind === "absent" || component.claimable.length === 0) return null;
  const made = view.claims.filter((claim) => claim.component === component.name).map(({ guarantee }) => spoken(guarantee));
  const open = component.claimable.filter((guarantee) => !made.includes(spoken(guarantee)));
  return (
    <section class="ownership" aria-label="Claims">
      {made.length > 0 && <p>{`Claimed: ${made.join(", ")}.`}</p>}
      <Choice
        label="Claim that it was"
        options={[{ value: "", words: "nothing yet" }, ...open.map((value) => ({ value, words: spoken(value) }))]}
        chosen=""
        theirs={call.kind === "theirs" ? call.words : null}
        onChoose={(guarantee) =>
          guarantee !== "" && void helm.wish({ verb: "claim", component: component.name, guarantee }, "claim")
        }
      />
      <Refusal helm={helm} control="claim" />
    </section>
  );
}
