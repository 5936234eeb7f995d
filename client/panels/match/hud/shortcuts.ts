import { type Signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { View } from "../../../../shared/match/view.ts";
import type { CrewState } from "../../../../shared/wire/room.ts";
import type { Session } from "../../../session/session.ts";
import type { Helm } from "../helm.ts";

/** Listens to the keyboard of a match. Answers whether the list of keys is asked for. */
export function useShortcuts(session: Session, crew: CrewState, helm: Helm): Signal<boolean> {
  const listed = useSignal(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const view = session.view.value;
      if (view === null || document.querySelector("dialog[open]") !== null) return;
      if (act(event.key, view)) event.preventDefault();
    };
    const act = (key: string, view: View): boolean => {
      if (key >= "1" && key <= "9" && Number(key) <= view.nodes.length) helm.select(`n${Number(key) - 1}`);
      else if (key === "p" || key === "P") helm.pinging.value = helm.selected.value;
      else if (key === "?") listed.value = true;
      else if (key === "Escape" && helm.pinging.value !== null) helm.pinging.value = null;
      else if (key === "Escape") helm.select(null);
      else if (key === " " && crew.mode === "solo" && document.activeElement === document.body)
        void session.request("pause", { paused: view.phase !== "paused" });
      else return false;
      return true;
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [session, crew.mode, helm]);
  return listed;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
}
