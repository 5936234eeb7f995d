import { useEffect } from "preact/hooks";
import { isOpenElsewhere } from "../session/endings.ts";
import { ticketOfTab } from "../session/seatTicket.ts";
import type { Session } from "../session/session.ts";
import { Between } from "./between.tsx";
import type { Doors } from "./doors.ts";
import { SoloLobby } from "./levels/soloLobby.tsx";
import { keepStars } from "./stars.ts";
import { debriefScreen, lobbyScreen, matchScreen } from "./screens.ts";

interface RoomProps {
  readonly session: Session;
  readonly doors: Doors;
}

/** The room that this page sits in, by its phase; whatever happens to the line, the screen stays. */
export function Room({ session, doors }: RoomProps) {
  const standing = session.standing.value;
  const debrief = session.debrief.value;
  useEffect(() => {
    if (debrief !== null) keepStars(debrief);
  }, [debrief]);
  if (standing.kind === "ended") return <Ended doors={doors} code={standing.code} sentence={standing.sentence} />;
  return (
    <>
      {standing.kind === "reconnecting" && (
        <p class="line-banner" role="status">
          <span class="waiting" /> Reconnecting… Your seat is held.
        </p>
      )}
      <Phase session={session} doors={doors} />
    </>
  );
}

function Phase({ session, doors }: RoomProps) {
  const crew = session.crew.value;
  if (crew === null) return <Between sentence="Taking your seat…" waiting />;
  const leave = (): void => doors.leave();
  switch (crew.phase) {
    case "lobby":
    case "countdown":
      return crew.mode === "solo" ? (
        <SoloLobby session={session} crew={crew} onLeave={leave} />
      ) : (
        <lobbyScreen.Screen session={session} crew={crew} onLeave={leave} />
      );
    case "match": {
      const view = session.view.value;
      if (view === null) return <Between sentence="Lighting the lamps…" waiting />;
      return <matchScreen.Screen session={session} crew={crew} onLeave={leave} />;
    }
    case "debrief": {
      const debrief = session.debrief.value;
      if (debrief === null) return <Between sentence="The checkers read the history…" waiting />;
      return <debriefScreen.Screen session={session} crew={crew} debrief={debrief} onLeave={leave} />;
    }
  }
}

function Ended({ doors, code, sentence }: { doors: Doors; code: number; sentence: string }) {
  const ticket = ticketOfTab();
  const elsewhere = isOpenElsewhere(code) && ticket !== null;
  return (
    <Between title={elsewhere ? "Open in another tab" : "This room is closed to you"} sentence={sentence}>
      {elsewhere && (
        <button type="button" class="button primary" onClick={() => doors.takeUp(ticket, true)}>
          Play here instead
        </button>
      )}
      <button type="button" class="button" onClick={() => doors.goHome()}>
        Back to the start
      </button>
    </Between>
  );
}
