import type { Session } from "../../session/session.ts";
import { rerunScreen } from "../screens.ts";
import { leaveVisit, type Visit } from "./address.ts";

interface AwayProps {
  readonly visit: Visit;
  /** The room that waits meanwhile, or null for somebody without a seat. */
  readonly session: Session | null;
}

/** A match that is looked at again while the page's own room, if it has one, lives on. */
export function Away({ visit, session }: AwayProps) {
  const phase = session?.crew.value?.phase ?? null;
  const goesOn = phase === "lobby" || phase === "countdown" || phase === "match";
  return (
    <>
      {goesOn && (
        <p class="line-banner" role="status">
          {phase === "lobby" ? "Your crew is back in the lobby." : "Your crew plays the next round."}{" "}
          <button type="button" class="link" onClick={leaveVisit}>
            Back to the room
          </button>
        </p>
      )}
      <rerunScreen.Screen visit={visit} back={session === null ? "Home" : phase === "debrief" ? "Debrief" : "Room"} />
    </>
  );
}
