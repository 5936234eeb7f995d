import { type Signal, useSignal } from "@preact/signals";
import { ROLE_CARDS, type Role } from "../../../../shared/match/roles.ts";
import type { View } from "../../../../shared/match/view.ts";
import { Glyph, type GlyphName } from "../../../marks/glyph.tsx";
import { Charts } from "../charts/charts.tsx";
import { Coach } from "../coach/coach.tsx";
import { Clock } from "../hud/clock.tsx";
import { Gauge } from "../hud/gauge.tsx";
import { MenuButton } from "../hud/menu.tsx";
import { OnCall } from "../hud/onCall.tsx";
import { Pace } from "../hud/pace.tsx";
import { PlaneButton } from "../hud/planeButton.tsx";
import { Toasts } from "../hud/toasts.tsx";
import { Inspector } from "../inspector/inspector.tsx";
import { MapStage } from "../map/mapStage.tsx";
import type { LayoutProps } from "../matchScreen.tsx";
import { Pager } from "../pager/pager.tsx";
import { moneyText } from "../../figures.ts";

const TABS = [
  { name: "map", words: "Map", glyph: "map" },
  { name: "pager", words: "Pager", glyph: "bell" },
  { name: "charts", words: "Charts", glyph: "chart" },
  { name: "team", words: "Team", glyph: "team" },
] as const satisfies readonly { name: string; words: string; glyph: GlyphName }[];

type Tab = (typeof TABS)[number]["name"];

/** A match in one hand: gauges and map above, one sheet below, tabs at the thumb. */
export function PhoneMatch(props: LayoutProps) {
  const { session, helm } = props;
  const tab = useSignal<Tab>("map");
  const view = session.view.value;
  if (view === null) return null;
  return (
    <main class={view.phase === "paused" ? "phone-match paused" : "phone-match"}>
      <PhoneHeader {...props} view={view} />
      <div class="map-cell">
        <MapStage session={session} helm={helm} />
        <Toasts session={session} />
        <Coach view={view} helm={helm} />
      </div>
      <div class="sheet" id="sheet">
        <Sheet {...props} view={view} tab={tab.value} />
      </div>
      <Tabs view={view} tab={tab} />
    </main>
  );
}

function PhoneHeader({ session, crew, view, onLeave }: LayoutProps & { view: View }) {
  const me = view.operators[view.you];
  const roles = me?.roles ?? [];
  return (
    <header class="phone-header">
      <h1 class="spoken">{`${view.level.title}, room ${crew.code}`}</h1>
      <p class="match-clock">
        <strong>
          <Clock ms={view.clockMs} />
        </strong>
        <span class="quiet">
          of <Clock ms={view.lastsMs} />
        </span>
      </p>
      {crew.mode === "solo" ? (
        <Pace session={session} view={view} />
      ) : (
        <p class={`role-pill role-${roles[0] ?? "lead"}`}>{`${me?.name ?? ""} · ${rolesWords(roles)}`}</p>
      )}
      <MenuButton session={session} crew={crew} onLeave={onLeave} />
      <Gauge name="Availability" share={view.gauges.availability} slo={view.level.availabilitySlo} />
      <Gauge name="Correctness" share={view.gauges.correctness} slo={view.level.correctnessSlo} />
    </header>
  );
}

/** One role in full, several by their initials. */
function rolesWords(roles: readonly Role[]): string {
  return roles.length === 1 ? ROLE_CARDS[roles[0]!].title : roles.map((role) => ROLE_CARDS[role].initial).join("+");
}

function Sheet({ view, helm, meters, tab }: LayoutProps & { view: View; tab: Tab }) {
  switch (tab) {
    case "map":
      return <Inspector view={view} helm={helm} />;
    case "pager":
      return <Pager view={view} helm={helm} />;
    case "charts":
      return (
        <>
          <Charts view={view} helm={helm} history={meters.history.value} />
          <div class="phone-plane">
            <PlaneButton view={view} />
            <p>
              Spend <strong class="mono">{moneyText(view.spend.spent)}</strong> of {moneyText(view.spend.budget)}
            </p>
          </div>
        </>
      );
    case "team":
      return <OnCall view={view} />;
  }
}

function Tabs({ view, tab }: { view: View; tab: Signal<Tab> }) {
  const open = view.alerts.filter((alert) => alert.clearedMs === 0).length;
  return (
    <nav class="tabs" aria-label="Parts of the match">
      {TABS.map(({ name, words, glyph }) => (
        <button
          key={name}
          type="button"
          aria-pressed={tab.value === name}
          aria-controls="sheet"
          onClick={() => (tab.value = name)}
        >
          <Glyph name={glyph} size={28} />
          <span>{words}</span>
          {name === "pager" && open > 0 && <b aria-label={`${open} open`}>{open}</b>}
        </button>
      ))}
    </nav>
  );
}
