import { useSignal } from "@preact/signals";
import type { View } from "../../../../shared/match/view.ts";
import { Arrow } from "../../../marks/arrow.tsx";
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
      <button
        type="button"
        class="plane-button"
        aria-label={`Availability and correctness plotted: ${inside ? "inside both SLOs" : "outside the SLOs"}. Open large`}
        onClick={() => (open.value = true)}
      >
        <Plane {...plane} width={124} height={60} />
        <span class="plane-a" aria-hidden="true">
          A <Arrow />
        </span>
        <span class="plane-c" aria-hidden="true">
          C <Arrow />
        </span>
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
