import { useSignal, useSignalEffect } from "@preact/signals";
import { useRef } from "preact/hooks";
import { arrowed } from "../../../marks/arrow.tsx";
import type { Session } from "../../../session/session.ts";

/** How long a toast stands, ms. */
const STANDS_MS = 4_500;

/** What the others just did, said once: "Auk turns ledger to sequential". */
export function Toasts({ session }: { readonly session: Session }) {
  const said = useSignal("");
  const before = useRef<readonly string[]>([]);
  const timer = useRef(0);
  useSignalEffect(() => {
    const view = session.view.value;
    if (view === null) return;
    const acts = view.operators.map(({ lastAct }) => lastAct);
    const last = before.current;
    before.current = acts;
    if (last.length === 0) return;
    const who = view.operators.findIndex(
      ({ lastAct }, at) => at !== view.you && lastAct !== "" && lastAct !== last[at],
    );
    const operator = view.operators[who];
    if (operator === undefined) return;
    said.value = `${operator.name} ${operator.lastAct}`;
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => (said.value = ""), STANDS_MS);
  });
  return (
    <p class="toast" role="status">
      {arrowed(said.value)}
    </p>
  );
}
