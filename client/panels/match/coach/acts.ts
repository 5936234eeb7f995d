import type { View } from "../../../../shared/match/view.ts";
import { spoken } from "../../figures.ts";
import { isTurnable, stopWords } from "../dial/stopWords.ts";

/** One of the first acts: what to do, why, and where it is done. */
export interface Act {
  readonly title: string;
  readonly hint: string;
  /** Said while it is this act's turn. */
  readonly tip: string;
  readonly detail: string;
  /** Value of `data-coach` on the element to light up; empty for the map. */
  readonly target: string;
}

/** The three first acts, made of what this level and these roles have. */
export function firstActs(view: View): readonly Act[] {
  return [
    {
      title: "Look at a node",
      hint: "tap a lighthouse",
      tip: "Every lighthouse is a node. It shows what monitoring last saw.",
      detail: "Boats are requests: hollow ones read, filled ones write.",
      target: "",
    },
    decision(view),
    {
      title: "Ping a place on the map",
      hint: "hold it, then say a word",
      tip: "Hold a place on the map, then pick a word.",
      detail: "Nobody sees everything: that is how a crew talks.",
      target: "",
    },
  ];
}

function decision(view: View): Act {
  const mine = view.verbs.some((verb) => verb.name === "dial" && verb.yours);
  const store = view.components.find((component) => isTurnable(component.dial));
  const dial = store?.dial ?? null;
  if (!mine || dial === null) {
    return {
      title: "Use one verb",
      hint: "select something, then press a button",
      tip: "Select a place or a component: its verbs are here.",
      detail: "Verbs of other roles say whom to ask.",
      target: "inspector",
    };
  }
  return {
    title: "Turn the dial one stop",
    hint: `of ${store?.name ?? "the store"}: aim, compare, turn`,
    tip: "This is what the store does. The flag is what clients were promised.",
    detail: `Set: ${stopWords(dial.stops[dial.at]!)}. Promised: ${spoken(dial.promised)}.`,
    target: "dial",
  };
}

/** Something that tells whether the second act was done: all that a verb can change in the inspector. */
export function settingsOf(view: View): string {
  const components = view.components.map(({ dial, quorum, balancing, calls }) => [
    dial?.at,
    dial?.turningTo,
    quorum,
    balancing?.policy,
    calls,
  ]);
  return JSON.stringify([
    components,
    view.jobs.filter(({ by }) => by === view.you).length,
    view.zones.map(({ routedTo }) => routedTo),
  ]);
}
