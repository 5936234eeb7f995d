import type { Us } from "../../../core/time.ts";
import type { DetectorIo, DetectorSettings, MemberId, Opinion } from "../detector.ts";
import type { Rumour, SwimMessage } from "./messages.ts";

/** What a member of the group may ask of the world. */
export type SwimIo = DetectorIo<SwimMessage>;

/** What is held of a member; of oneself only the incarnation changes. */
export interface Peer {
  opinion: Opinion;
  incarnation: number;
  /** When a suspicion ends in death; Infinity while there is none. */
  dueUs: Us;
}

/** News on its way through the group, and how often this member has passed it on. */
export interface Spreading {
  readonly rumour: Rumour;
  told: number;
}

/** A member's whole state. */
export interface SwimState {
  settings: DetectorSettings;
  readonly peers: Peer[];
  /** Counts this member's protocol periods. */
  period: number;
  /** Whom it pings in this period, or −1, and whether an answer came by any way. */
  target: MemberId;
  isAnswered: boolean;
  /** Others in shuffled order, and whose turn is next. */
  order: MemberId[];
  turn: number;
  /** Newest news of each member. */
  readonly news: Map<MemberId, Spreading>;
  /** Periods so far that had a target, and those without an answer. */
  probes: number;
  unanswered: number;
}

/** Timers of a member. */
export const TIMER = { period: 0, indirect: 1, suspicion: 2 } as const;

/** Everybody is alive in incarnation 0. */
export function createState(io: SwimIo, settings: DetectorSettings): SwimState {
  const peers = Array.from({ length: io.members }, () => ({
    opinion: "alive" as Opinion,
    incarnation: 0,
    dueUs: Infinity,
  }));
  return {
    settings,
    peers,
    period: 0,
    target: -1,
    isAnswered: false,
    order: [],
    turn: 0,
    news: new Map(),
    probes: 0,
    unanswered: 0,
  };
}
