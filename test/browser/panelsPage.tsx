import { render } from "preact";
import "../../client/styles/fonts.css";
import "../../client/styles/tokens.css";
import "../../client/styles/base.css";
import "../../client/styles/marks.css";
import "../../client/styles/home.css";
import { SharedInk } from "../../client/marks/sharedInk.tsx";
import { openDoors } from "../../client/panels/doors.ts";
import { Room } from "../../client/panels/room.tsx";
import { wearTheme } from "../../client/panels/theme.ts";
import type { RoomPhase } from "../../shared/wire/room.ts";
import { movingFlows } from "./mapFixture.ts";
import { crew, DEBRIEF, fixtureSession, matchView } from "./panelsFixture.ts";

/** The dev page of the panels: `?phase=match&theme=day&role=data&calm&solo&refuse&away`. */
const asked = new URLSearchParams(window.location.search);
const phase = (asked.get("phase") ?? "match") as RoomPhase;
const role = asked.get("role");
const view = matchView({ calm: asked.has("calm"), ...(role === null ? {} : { roles: [role as "data"] }) });
const stage = fixtureSession({
  crew: crew(phase, { you: Number(asked.get("you") ?? "0"), solo: asked.has("solo") }),
  ...(phase === "match" ? { view } : {}),
  ...(phase === "debrief" ? { debrief: DEBRIEF } : {}),
  ...(asked.has("away") ? { standing: { kind: "reconnecting" as const } } : {}),
  ...(asked.has("refuse")
    ? { answer: { ok: false as const, code: "turning", sentence: "The dial of ledger is still turning." } }
    : {}),
});
Object.assign(window, { panelsPage: stage });

wearTheme();
const doors = openDoors(() => Promise.reject(new Error("there is no server behind this page")));
render(
  <>
    <SharedInk />
    <Room session={stage.session} doors={doors} />
  </>,
  document.querySelector("#app")!,
);

let tick = 0;
if (phase === "match") {
  window.setInterval(() => {
    tick += 1;
    const wobble = 1 + 0.12 * Math.sin(tick / 4) + 0.06 * Math.sin(tick / 1.3);
    const components = view.components.map((component) => ({
      ...component,
      ratePerSecond: component.ratePerSecond * wobble,
      latencyMsP99: component.latencyMsP99 * wobble,
    }));
    stage.show({ ...view, components, clockMs: view.clockMs + tick * 100, flows: movingFlows(view.flows, tick) });
  }, 100);
}
