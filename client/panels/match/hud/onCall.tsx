import { ROLE_CARDS } from "../../../../shared/match/roles.ts";
import type { View } from "../../../../shared/match/view.ts";
import { arrowed } from "../../../marks/arrow.tsx";
import { OperatorMark } from "../../../marks/operator.tsx";

/** Who holds what, and what they did last. */
export function OnCall({ view }: { readonly view: View }) {
  return (
    <section class="on-call" aria-labelledby="on-call-title">
      <h2 id="on-call-title">On call</h2>
      <ul>
        {view.operators.map((operator, at) => (
          <li key={operator.name}>
            <OperatorMark
              name={operator.name}
              role={operator.roles.length === 4 ? "lead" : (operator.roles[0] ?? "lead")}
              bot={operator.bot}
              size={28}
            />
            <span class="who">
              <strong>{operator.name}</strong> {at === view.you && "(you) "}
              {operator.roles.length === 4
                ? "everything"
                : operator.roles.map((role) => ROLE_CARDS[role].title).join(", ")}
              {operator.bot && ", bot"}
            </span>
            <span class="last-act quiet">
              {operator.connected || operator.bot ? arrowed(operator.lastAct) : "away"}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
