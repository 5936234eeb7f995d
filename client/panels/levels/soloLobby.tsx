import { useSignal } from "@preact/signals";
import type { CrewState } from "../../../shared/wire/room.ts";
import type { Session } from "../../session/session.ts";
import { levelsScreen } from "../screens.ts";

/** Between two matches alone: choose the next level, in the same room. */
export function SoloLobby({ session, crew, onLeave }: { session: Session; crew: CrewState; onLeave(): void }) {
  const complaint = useSignal<string | null>(null);
  const busy = useSignal(false);
  const play = async (level: string): Promise<void> => {
    busy.value = true;
    const chosen = await session.request("chooseLevel", { level });
    const begun = chosen.ok ? await session.request("start", {}) : chosen;
    busy.value = false;
    complaint.value = begun.ok ? null : begun.sentence;
  };
  return (
    <levelsScreen.Screen
      chosen={crew.level.id}
      busy={busy.value}
      complaint={complaint.value}
      onPlay={(level) => void play(level)}
      onBack={onLeave}
    />
  );
}
