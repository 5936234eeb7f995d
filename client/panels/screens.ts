import { curriculum } from "./curriculum.ts";
import { deferred } from "./deferred.tsx";
import { fetchMap } from "./match/fetchMap.ts";

/** Every screen after the first is fetched when it is needed, or when the page has nothing better to do. */
export const levelsScreen = deferred(async () => (await import("./levels/levelsScreen.tsx")).LevelsScreen);
export const lobbyScreen = deferred(async () => (await import("./lobby/lobbyScreen.tsx")).LobbyScreen);
export const matchScreen = deferred(async () => (await import("./match/matchScreen.tsx")).MatchScreen);
export const rerunScreen = deferred(async () => (await import("./replay/rerunScreen.tsx")).RerunScreen);
export const whatIfScreen = deferred(async () => (await import("./whatIf/whatIfScreen.tsx")).WhatIfScreen);
export const debriefScreen = deferred(async () => (await import("./debrief/debriefScreen.tsx")).DebriefScreen);
export const shareDialog = deferred(async () => (await import("./card/shareDialog.tsx")).ShareDialog);

/** Fetches what comes next once the page is idle. The map comes last, because it is the largest. */
export function prefetchScreens(): void {
  const idle = window.requestIdleCallback ?? ((callback: () => void) => window.setTimeout(callback, 800));
  idle(() => {
    curriculum.fetch();
    levelsScreen.fetch();
    lobbyScreen.fetch();
    matchScreen.fetch();
    idle(fetchMap);
  });
}
