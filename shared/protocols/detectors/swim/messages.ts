import type { MemberId, Opinion } from "../detector.ts";

/** "In its incarnation so-and-so this member is alive, suspected, dead": news of a member, passed on by others. */
export interface Rumour {
  readonly member: MemberId;
  readonly opinion: Opinion;
  /** Only the member itself begins a new incarnation, to refute what is said of it. */
  readonly incarnation: number;
}

/** "Are you there?", for `origin`, who asks it in its protocol period `period`, directly or through a helper. */
export interface Ping {
  readonly type: "ping";
  readonly origin: MemberId;
  readonly period: number;
  readonly news: readonly Rumour[];
}

/** "Ping that member for me: it does not answer me." */
export interface PingRequest {
  readonly type: "pingRequest";
  readonly target: MemberId;
  readonly period: number;
  readonly news: readonly Rumour[];
}

/** "I am there"; a helper passes it on to its origin. */
export interface Ack {
  readonly type: "ack";
  readonly origin: MemberId;
  readonly period: number;
  readonly news: readonly Rumour[];
}

/** What members tell each other. Every message carries news. */
export type SwimMessage = Ping | PingRequest | Ack;
