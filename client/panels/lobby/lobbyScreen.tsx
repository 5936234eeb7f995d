import { useEffect } from "preact/hooks";
import "../../styles/lobby.css";
import type { CrewState } from "../../../shared/wire/room.ts";
import type { Session } from "../../session/session.ts";
import { fetchMap } from "../match/fetchMap.ts";
import { useAsk } from "../ask.ts";
import { Countdown } from "./countdown.tsx";
import { CrewPanel } from "./crewPanel.tsx";
import { LevelPanel } from "./levelPanel.tsx";
import { RoleCards } from "./roleCards.tsx";
import { RoomPanel } from "./roomPanel.tsx";

interface LobbyScreenProps {
  readonly session: Session;
  readonly crew: CrewState;
  onLeave(): void;
}

/** Before a match: the code to share, who is here and in which role, the level, ready and start. */
export function LobbyScreen({ session, crew, onLeave }: LobbyScreenProps) {
  useEffect(() => fetchMap(), []);
  const ask = useAsk(session);
  const me = crew.seats[crew.you];
  const host = me?.host ?? false;
  return (
    <main class="lobby chart-border">
      <h1 class="spoken">{`Room ${crew.code}`}</h1>
      <RoomPanel crew={crew} host={host} ask={ask.request} onLeave={onLeave} />
      <CrewPanel crew={crew} host={host} ask={ask.request} />
      <LevelPanel crew={crew} host={host} ask={ask.request} complaint={ask.complaint} />
      <RoleCards seats={crew.seats} you={crew.you} />
      {crew.phase === "countdown" && <Countdown seconds={crew.countdown} roles={me?.roles ?? []} />}
    </main>
  );
}
