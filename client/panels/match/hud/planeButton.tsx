import { useSignal } from "@preact/signals";
import type { View } from "../../../../shared/match/view.ts";
import { Dialog } from "../../dialog.tsx";
import { percentText } from "../../figures.ts";
import { Plane } from "../../plane.tsx";

/** The small plane of the top bar; a tap opens it large. */
export function PlaneButton({ view }: { readonly view: View }) {
  const open = useSignal(false);
  const { gauges, level } = view;
  const plane = { trail: gauges.trail, availabilitySlo: level.availabilitySlo, correctnessSlo: level.correctnessSlo };
  const inside = gauges.availability >= level.availabilitySlo && gauges.correctness >= level.correctnessSlo;
  return (
    <>
      <button type="button" class="plane-button" onClick={() => (open.value = true)}>
        <Plane {...plane} width={150} height={76} />
        <span class="spoken">{`Availability and correctness plotted: ${inside ? "inside both SLOs" : "outside the SLOs"}. Open large`}</span>
      </button>
      {open.value && (
        <Dialog title="Availability × correctness" onClose={() => (open.value = false)}>
          <Plane {...plane} width={640} height={420} labelled />
          <p>
            {`The lit corner is inside both SLOs: availability ${percentText(level.availabilitySlo)}, correctness ${percentText(level.correctnessSlo)}.`}
          </p>
        </Dialog>
      )}
    </>
  );
}
