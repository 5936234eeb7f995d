import type { ReadonlySignal } from "@preact/signals";
import type { Debrief } from "../../shared/match/debrief.ts";
import type { View } from "../../shared/match/view.ts";
import type { Answer, CrewState, RequestName, Requests } from "../../shared/wire/room.ts";

/** What a request of each name carries, as the server validates it. */
export type Asked = { readonly [Name in RequestName]: (typeof Requests)[Name]["_output"] };

/**
 * How a client stands to its room. `reconnecting`: the line is down and is being taken up again; nothing on screen is
 * lost meanwhile. `ended`: it will not come back by itself; `code` is one of `CLOSED` or `REFUSED`, `sentence` says why.
 */
export type Standing =
  | { readonly kind: "seated" }
  | { readonly kind: "reconnecting" }
  | { readonly kind: "ended"; readonly code: number; readonly sentence: string };

/** One seat in one room, as the screens know it: what was last pushed, and a way to ask. */
export interface Session {
  readonly standing: ReadonlySignal<Standing>;
  readonly crew: ReadonlySignal<CrewState | null>;
  /** Null until the match begins, and again back in the lobby. */
  readonly view: ReadonlySignal<View | null>;
  readonly debrief: ReadonlySignal<Debrief | null>;
  /** Never rejects: a request that got no answer is answered with a refusal that says so. */
  request<Name extends RequestName>(name: Name, payload: Asked[Name]): Promise<Answer>;
  /** Gives the seat up for good. */
  leave(): void;
}
