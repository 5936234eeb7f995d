import type { Helm } from "./helm.ts";

/** The one sentence with which a wish was refused, beside the control that asked. */
export function Refusal({ helm, control }: { readonly helm: Helm; readonly control: string }) {
  const refused = helm.refused.value;
  return (
    <p class="refusal complaint" role="alert">
      {refused?.control === control ? refused.sentence : ""}
    </p>
  );
}
