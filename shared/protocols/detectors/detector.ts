import type { Ms, Us } from "../../core/time.ts";

/** Position of a member in its group, 0 to `members − 1`. */
export type MemberId = number;

/** What one member holds of another. `suspect` may be taken back by a sign of life; `dead` is acted upon. */
export type Opinion = "alive" | "suspect" | "dead";

/** What a failure detector may ask of the world. Nothing else is reachable from it. */
export interface DetectorIo<Message> {
  readonly self: MemberId;
  readonly members: number;
  /** Steady clock of this node: counts from anywhere, and no clock jump moves it. */
  steadyUs(): Us;
  /** May be lost, delayed, reordered. Sending to oneself is a bug. */
  send(to: MemberId, message: Message): void;
  /** One timer per name; setting it again replaces it. Names are small whole numbers. */
  setTimer(name: number, delayUs: Us): void;
  /** Uniform in [0, 1), this member's own stream of the match's seed. */
  random(): number;
  /** This member has changed its opinion of another. */
  judged(member: MemberId, opinion: Opinion): void;
}

/** How a detector is set: by the level at first, by operators later. Each detector reads the lines that it knows. */
export interface DetectorSettings {
  /** Time between two heartbeats, or SWIM's protocol period; ≫ a round trip. */
  readonly intervalMs: Ms;
  /** heartbeat: silence after which a heartbeat counts as missed; > intervalMs, or everybody is suspected all the time. */
  readonly timeoutMs: Ms;
  /** heartbeat: how many in a row must be missed; ≥ 1. */
  readonly missed: number;
  /** phiAccrual: suspicion from which a member is suspected. 1 errs once in ten silences, 8 once in 10⁸. */
  readonly threshold: number;
  /** phiAccrual: the law that gaps between heartbeats are taken to follow. */
  readonly law: "normal" | "exponential";
  /** phiAccrual: gaps remembered. */
  readonly windowSize: number;
  /** phiAccrual: a deviation below this is taken for this, since very regular heartbeats would forgive no jitter. */
  readonly minDeviationMs: Ms;
  /** phiAccrual: silence that is always forgiven, on top of the mean gap; for pauses that are known to happen. */
  readonly acceptablePauseMs: Ms;
  /** swim: how long a direct ping may take before others are asked to try; more than a round trip, < intervalMs ÷ 2. */
  readonly pingTimeoutMs: Ms;
  /** swim: members that are asked to ping a silent one; SWIM's k. */
  readonly helpers: number;
  /** swim: how the next member to ping is found. Turns over a shuffled list bound the time to the first ping. */
  readonly probing: "roundRobin" | "random";
  /** swim: news is passed on this many times ⌈log₁₀(members + 1)⌉ times by each member; SWIM's λ. */
  readonly retransmit: number;
  /** How long a suspicion stands before the member counts as dead. */
  readonly suspicionMs: Ms;
}

/**
 * Settings that people know from production: Akka's φ and window, memberlist's periods for a local network.
 * Source: Akka reference configuration, akka.cluster.failure-detector; hashicorp/memberlist, DefaultLANConfig.
 */
export const DETECTOR_DEFAULTS: DetectorSettings = {
  intervalMs: 1_000,
  timeoutMs: 3_000,
  missed: 1,
  threshold: 8,
  law: "normal",
  windowSize: 1_000,
  minDeviationMs: 100,
  acceptablePauseMs: 0,
  pingTimeoutMs: 500,
  helpers: 3,
  probing: "roundRobin",
  retransmit: 4,
  suspicionMs: 4_000,
};

/**
 * How one member guesses which others have failed, from messages alone: a step from (state, event) to (state, messages).
 * No detector can be both complete and accurate where messages may take any time: each chooses how to err.
 * Methods change the state in place; state is plain data.
 * Source: Chandra & Toueg 1996, Unreliable failure detectors for reliable distributed systems, section 2.
 */
export interface FailureDetector<State, Message> {
  readonly name: string;
  /** One sentence for the catalogue. */
  readonly about: string;
  /** Paper and section. */
  readonly source: string;
  /** Where it departs from the source, a sentence each. */
  readonly simplified: readonly string[];
  /** Begins with everybody alive; also after a crash, since all of it is in memory. */
  start(io: DetectorIo<Message>, settings: DetectorSettings): State;
  receive(state: State, io: DetectorIo<Message>, from: MemberId, message: Message): void;
  timer(state: State, io: DetectorIo<Message>, name: number): void;
  /** An operator changed a setting. */
  configure(state: State, io: DetectorIo<Message>, settings: DetectorSettings): void;
  opinion(state: State, member: MemberId): Opinion;
  /** How far suspicion of a member has gone: 0 none, 1 and above suspected. */
  suspicion(state: State, io: DetectorIo<Message>, member: MemberId): number;
}
