import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Intent } from "../../../shared/match/intent.ts";
import type { ComponentView, View } from "../../../shared/match/view.ts";
import { isTurnable } from "./dial/stopWords.ts";
import type { Session } from "../../session/session.ts";

/** A refused wish: which control asked, and the sentence to show beside it. */
export interface Refused {
  readonly control: string;
  readonly sentence: string;
}

/** What an operator holds in a match: the newest view, what is selected, and a way to wish. */
export interface Helm {
  /** The place in view: `n2`, `z0`, `l1` or `c0` for a component. */
  readonly selected: ReadonlySignal<string>;
  /** Index of the component whose replicas are ringed and whose charts are drawn. */
  readonly component: ReadonlySignal<number>;
  /** Place for which a ping's word is being chosen; null when none is. */
  readonly pinging: Signal<string | null>;
  readonly refused: ReadonlySignal<Refused | null>;
  /** Controls whose wish is on its way. */
  readonly waiting: ReadonlySignal<ReadonlySet<string>>;
  /** Looks at a place; null goes back to the component. */
  select(place: string | null): void;
  /** Wishes something; `control` names the control that asked. Answers whether it was granted. */
  wish(intent: Intent, control: string): Promise<boolean>;
}

/** How long a refusal stands beside its control, ms: long enough to read twice. */
const REFUSAL_MS = 7_000;

/** Takes the helm of a match. It starts at the first store with a dial, else at the first component. */
export function takeHelm(session: Session, view: View): Helm {
  const first = startingComponent(view);
  const selected = signal(`c${first}`);
  const component = signal(first);
  const refused = signal<Refused | null>(null);
  const waiting = signal<ReadonlySet<string>>(new Set());
  let timer = 0;
  const wait = (control: string, on: boolean): void => {
    const next = new Set(waiting.value);
    if (on) next.add(control);
    else next.delete(control);
    waiting.value = next;
  };
  return {
    selected,
    component,
    pinging: signal<string | null>(null),
    refused,
    waiting,
    select(place) {
      refused.value = null;
      selected.value = place ?? `c${component.value}`;
      if (place?.startsWith("c") === true) component.value = Number(place.slice(1));
    },
    async wish(intent, control) {
      wait(control, true);
      const answer = await session.request("intent", intent);
      wait(control, false);
      window.clearTimeout(timer);
      refused.value = answer.ok ? null : { control, sentence: answer.sentence };
      if (!answer.ok) timer = window.setTimeout(() => (refused.value = null), REFUSAL_MS);
      return answer.ok;
    },
  };
}

/** What the level is most likely about: the first component that one of its verbs sets, else the first store. */
function startingComponent({ components, verbs }: View): number {
  const has = (name: string): boolean => verbs.some((verb) => verb.name === name);
  const first = (is: (component: ComponentView) => boolean): number => components.findIndex(is);
  const candidates = [
    has("dial") ? first(({ dial }) => isTurnable(dial)) : -1,
    has("quorum") ? first(({ quorum }) => quorum !== null) : -1,
    has("policy") ? first(({ balancing }) => balancing !== null) : -1,
    has("callPolicy") || has("shed") ? first(({ calls }) => calls !== null) : -1,
    has("set") ? first(({ kind, settings }) => settings.length > 0 && kind !== "monitor" && kind !== "balancer") : -1,
    first(({ kind }) => kind === "store"),
  ];
  return Math.max(0, candidates.find((at) => at >= 0) ?? 0);
}
