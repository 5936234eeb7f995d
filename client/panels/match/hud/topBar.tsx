import type { CrewState } from "../../../../shared/wire/room.ts";
import type { View } from "../../../../shared/match/view.ts";
import type { Session } from "../../../session/session.ts";
import { moneyText } from "../../figures.ts";
import { Clock } from "./clock.tsx";
import { Gauge } from "./gauge.tsx";
import { MenuButton } from "./menu.tsx";
import { Pace } from "./pace.tsx";
import { PlaneButton } from "./planeButton.tsx";

interface TopBarProps {
  readonly session: Session;
  readonly crew: CrewState;
  readonly view: View;
  onLeave(): void;
}

/** Above the map: how the match stands. */
export function TopBar({ session, crew, view, onLeave }: TopBarProps) {
  const { gauges, level, spend, clockMs, lastsMs } = view;
  return (
    <header class="top-bar">
      <div class="brand">
        <h1>Split Brain</h1>
        <p>
          {crew.mode === "solo" ? (
            level.title
          ) : (
            <>
              room <b>{crew.code}</b>
            </>
          )}
        </p>
      </div>
      <Gauge name="Availability" share={gauges.availability} slo={level.availabilitySlo} />
      <Gauge name="Correctness" share={gauges.correctness} slo={level.correctnessSlo} />
      <PlaneButton view={view} />
      <div class="match-clock">
        <p>
          <strong>
            <Clock ms={clockMs} />
          </strong>
          <span class="quiet">
            of <Clock ms={lastsMs} />
          </span>
        </p>
        <progress aria-label="Time of the match" value={clockMs} max={lastsMs} />
      </div>
      <div class={spend.spent > spend.budget ? "spend over" : "spend"}>
        <span class="quiet">Spend</span>
        <strong class="mono">{moneyText(spend.spent)}</strong>
        <span class="mono quiet">{`of ${moneyText(spend.budget)}`}</span>
      </div>
      <div class="top-controls">
        {crew.mode === "solo" && <Pace session={session} view={view} />}
        <MenuButton session={session} crew={crew} onLeave={onLeave} />
      </div>
    </header>
  );
}
