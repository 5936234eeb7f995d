import { useSignalEffect } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import "../../styles/match.css";
import "../../styles/inspector.css";
import "../../styles/phone.css";
import type { CrewState } from "../../../shared/wire/room.ts";
import type { Session } from "../../session/session.ts";
import { compact } from "../compact.ts";
import { Dialog } from "../dialog.tsx";
import { Charts } from "./charts/charts.tsx";
import { MeterLog } from "./charts/meterHistory.ts";
import { Coach } from "./coach/coach.tsx";
import { type Helm, takeHelm } from "./helm.ts";
import { KeyList } from "./hud/keys.tsx";
import { OnCall } from "./hud/onCall.tsx";
import { useShortcuts } from "./hud/shortcuts.ts";
import { Toasts } from "./hud/toasts.tsx";
import { TopBar } from "./hud/topBar.tsx";
import { Inspector } from "./inspector/inspector.tsx";
import { MapStage } from "./map/mapStage.tsx";
import { Pager } from "./pager/pager.tsx";
import { PhoneMatch } from "./phone/phoneMatch.tsx";

/** What both layouts of a match are made of. */
export interface MatchScreenProps {
  readonly session: Session;
  readonly crew: CrewState;
  onLeave(): void;
}

/** A running match: the map free in the middle, words and controls around it. */
export function MatchScreen(props: MatchScreenProps) {
  const { session, crew } = props;
  const helm = useMemo(() => takeHelm(session, session.view.peek()!), [session]);
  const meters = useMeters(session, crew);
  const keys = useShortcuts(session, crew, helm);
  return (
    <>
      {compact.value ? (
        <PhoneMatch {...props} helm={helm} meters={meters} />
      ) : (
        <DesktopMatch {...props} helm={helm} meters={meters} />
      )}
      {keys.value && (
        <Dialog title="Keys" onClose={() => (keys.value = false)}>
          <KeyList />
        </Dialog>
      )}
    </>
  );
}

/** A layout's props: the screen's own, with what it holds. */
export interface LayoutProps extends MatchScreenProps {
  readonly helm: Helm;
  readonly meters: MeterLog;
}

function DesktopMatch({ session, crew, onLeave, helm, meters }: LayoutProps) {
  const view = session.view.value;
  if (view === null) return null;
  return (
    <main class={view.phase === "paused" ? "match paused" : "match"}>
      <TopBar session={session} crew={crew} view={view} onLeave={onLeave} />
      <div class="map-cell">
        <MapStage session={session} helm={helm} />
        <Toasts session={session} />
        <Coach view={view} helm={helm} />
      </div>
      <Inspector view={view} helm={helm} />
      <footer class="bottom-bar">
        <Pager view={view} helm={helm} />
        <Charts view={view} helm={helm} history={meters.history.value} />
        <OnCall view={view} />
      </footer>
    </main>
  );
}

/** Notes the meters of every view, and keeps them through a refresh. */
function useMeters(session: Session, crew: CrewState): MeterLog {
  const meters = useMemo(() => new MeterLog(`${crew.code} ${crew.level.id}`), [crew.code, crew.level.id]);
  useSignalEffect(() => {
    if (session.view.value !== null) meters.note(session.view.value);
  });
  useEffect(() => {
    const keep = (): void => meters.keep();
    window.addEventListener("pagehide", keep);
    return () => window.removeEventListener("pagehide", keep);
  }, [meters]);
  return meters;
}
