import { usOf, type Us } from "../../core/time.ts";
import type { DetectorIo, DetectorSettings, FailureDetector, MemberId, Opinion } from "./detector.ts";

/** "I am alive", sent to everybody each interval. It carries nothing: that it comes is the news. */
export interface Heartbeat {
  readonly type: "heartbeat";
}

/** How long a silence is allowed to be, judged from the arrivals so far. */
export interface SilenceRule<Arrivals> {
  create(settings: DetectorSettings): Arrivals;
  /** A heartbeat came `gapUs` after the one before, from a member of this opinion. */
  arrived(arrivals: Arrivals, gapUs: Us, opinion: Opinion): void;
  /** Silence after which a member is suspected. */
  patienceUs(arrivals: Arrivals, settings: DetectorSettings): Us;
  /** How far suspicion has gone after this much silence: 1 at `patienceUs`. */
  suspicion(arrivals: Arrivals, settings: DetectorSettings, silenceUs: Us): number;
}

/** What a member keeps of another. */
interface Watched<Arrivals> {
  readonly arrivals: Arrivals;
  lastUs: Us;
  /** When the opinion changes for the worse, unless a heartbeat comes before; Infinity when it can't. */
  dueUs: Us;
  opinion: Opinion;
}

/** State of a member that listens for heartbeats; `watched[self]` is unused. */
export interface ListeningState<Arrivals> {
  settings: DetectorSettings;
  readonly watched: Watched<Arrivals>[];
  /** When the check timer rings; Infinity when it is not set. */
  checkAtUs: Us;
}

const TIMER = { beat: 0, check: 1 } as const;
const HEARTBEAT: Heartbeat = { type: "heartbeat" };

/** What is common to detectors by heartbeat: everybody sends to everybody, and a rule says how much silence is too much. */
export function listening<Arrivals>(
  rule: SilenceRule<Arrivals>,
): Omit<FailureDetector<ListeningState<Arrivals>, Heartbeat>, "name" | "about" | "source" | "simplified"> {
  return {
    /** The first beat comes at a random part of the interval, so that members do not all beat at once. */
    start(io, settings) {
      const lastUs = io.steadyUs();
      const watched = Array.from({ length: io.members }, (): Watched<Arrivals> => {
        const arrivals = rule.create(settings);
        return { arrivals, lastUs, dueUs: lastUs + Math.ceil(rule.patienceUs(arrivals, settings)), opinion: "alive" };
      });
      const state = { settings, watched, checkAtUs: Infinity };
      io.setTimer(TIMER.beat, io.random() * usOf(settings.intervalMs));
      check(state, io);
      return state;
    },

    receive(state, io, from) {
      const watched = state.watched[from]!;
      const nowUs = io.steadyUs();
      rule.arrived(watched.arrivals, nowUs - watched.lastUs, watched.opinion);
      watched.lastUs = nowUs;
      watched.dueUs = nowUs + Math.ceil(rule.patienceUs(watched.arrivals, state.settings));
      judge(io, watched, from, "alive");
      if (watched.dueUs < state.checkAtUs) setCheck(state, io, watched.dueUs);
    },

    timer(state, io, name) {
      if (name === TIMER.check) check(state, io);
      else beat(state, io);
    },

    /** Patience is reckoned anew for everybody; a new interval begins with the next beat. */
    configure(state, io, settings) {
      state.settings = settings;
      for (const watched of state.watched) {
        const suspectUs = watched.lastUs + Math.ceil(rule.patienceUs(watched.arrivals, settings));
        if (watched.opinion === "alive") watched.dueUs = suspectUs;
        else if (watched.opinion === "suspect") watched.dueUs = suspectUs + usOf(settings.suspicionMs);
      }
      check(state, io);
    },

    opinion: (state, member) => state.watched[member]!.opinion,

    suspicion(state, io, member) {
      const { arrivals, lastUs } = state.watched[member]!;
      return rule.suspicion(arrivals, state.settings, io.steadyUs() - lastUs);
    },
  };
}

function beat(state: ListeningState<unknown>, io: DetectorIo<Heartbeat>): void {
  for (let other = 0; other < io.members; other++) if (other !== io.self) io.send(other, HEARTBEAT);
  io.setTimer(TIMER.beat, usOf(state.settings.intervalMs));
}

/** Worsens every opinion that is due, and rings again when the next one is. A heartbeat only moves that later. */
function check(state: ListeningState<unknown>, io: DetectorIo<Heartbeat>): void {
  const nowUs = io.steadyUs();
  let nextUs = Infinity;
  state.watched.forEach((watched, member) => {
    if (member === io.self || watched.opinion === "dead") return;
    if (watched.dueUs <= nowUs) worsen(state, io, watched, member);
    nextUs = Math.min(nextUs, watched.dueUs);
  });
  state.checkAtUs = Infinity;
  if (nextUs < Infinity) setCheck(state, io, nextUs);
}

function worsen(
  state: ListeningState<unknown>,
  io: DetectorIo<Heartbeat>,
  watched: Watched<unknown>,
  member: MemberId,
): void {
  if (watched.opinion === "suspect") {
    judge(io, watched, member, "dead");
    watched.dueUs = Infinity;
    return;
  }
  judge(io, watched, member, "suspect");
  watched.dueUs = io.steadyUs() + Math.max(1, usOf(state.settings.suspicionMs));
}

function judge(io: DetectorIo<Heartbeat>, watched: Watched<unknown>, member: MemberId, opinion: Opinion): void {
  if (watched.opinion === opinion) return;
  watched.opinion = opinion;
  io.judged(member, opinion);
}

function setCheck(state: ListeningState<unknown>, io: DetectorIo<Heartbeat>, atUs: Us): void {
  state.checkAtUs = atUs;
  io.setTimer(TIMER.check, Math.max(1, atUs - io.steadyUs()));
}
