import { describe, expect, test } from "vitest";
import {
  DETECTOR_DEFAULTS,
  type DetectorSettings,
  type MemberId,
  type Opinion,
} from "../../shared/protocols/detectors/detector.ts";
import type { Rumour, SwimMessage } from "../../shared/protocols/detectors/swim/messages.ts";
import { TIMER, type SwimState } from "../../shared/protocols/detectors/swim/state.ts";
import { swim } from "../../shared/protocols/detectors/swim/swim.ts";
import { RandomStreams } from "../../shared/core/random.ts";
import { DetectorGroup } from "./detectorGroup.ts";

/** One member by itself: what it sends is written down, and what it hears is told to it. */
class LoneMember {
  readonly sent: { to: MemberId; message: SwimMessage }[] = [];
  readonly state: SwimState;
  nowMs = 0;
  readonly #io;

  constructor(members: number, settings: Partial<DetectorSettings> = {}) {
    this.#io = {
      self: 0,
      members,
      steadyUs: () => this.nowMs * 1_000,
      send: (to: MemberId, message: SwimMessage) => void this.sent.push({ to, message }),
      setTimer() {},
      random: new RandomStreams("lone").stream("member", "0"),
      judged() {},
    };
    this.state = swim.start(this.#io, { ...DETECTOR_DEFAULTS, ...settings });
  }

  rings(timer: keyof typeof TIMER): this {
    swim.timer(this.state, this.#io, TIMER[timer]);
    return this;
  }

  hears(from: MemberId, message: SwimMessage): this {
    swim.receive(this.state, this.#io, from, message);
    return this;
  }

  /** Hears an answer that concerns nobody, with news on it. */
  isTold(...news: Rumour[]): this {
    return this.hears(1, { type: "ack", origin: 0, period: -1, news });
  }

  opinion(member: MemberId): Opinion {
    return swim.opinion(this.state, member);
  }

  /** News on the next message, which answers a ping of member 1. */
  news(): readonly Rumour[] {
    this.hears(1, { type: "ping", origin: 1, period: 1, news: [] });
    return this.sent.at(-1)!.message.news;
  }
}

const rumour = (member: MemberId, opinion: Opinion, incarnation: number): Rumour => ({ member, opinion, incarnation });

describe("3.1 the failure detector", () => {
  test("each period one member is pinged, and it answers", () => {
    const member = new LoneMember(5).rings("period");
    expect(member.sent).toEqual([
      { to: member.state.target, message: { type: "ping", origin: 0, period: 1, news: [] } },
    ]);
    member.hears(2, { type: "ping", origin: 2, period: 7, news: [] });
    expect(member.sent[1]).toEqual({ to: 2, message: { type: "ack", origin: 2, period: 7, news: [] } });
  });

  test("a target that does not answer in time is pinged through k members picked at random", () => {
    const member = new LoneMember(6, { helpers: 3 }).rings("period").rings("indirect");
    const { target } = member.state;
    const asked = member.sent.slice(1);
    expect(asked.map(({ message }) => message)).toEqual(
      Array(3).fill({ type: "pingRequest", target, period: 1, news: [] }),
    );
    expect(new Set([0, target, ...asked.map(({ to }) => to)]).size).toBe(5);
  });

  test("a target that answered is left alone", () => {
    const member = new LoneMember(6).rings("period");
    member.hears(member.state.target, { type: "ack", origin: 0, period: 1, news: [] }).rings("indirect");
    expect(member.sent.length).toBe(1);
  });

  test("a helper pings for another, and passes the answer on", () => {
    const member = new LoneMember(4).hears(1, { type: "pingRequest", target: 3, period: 9, news: [] });
    expect(member.sent[0]).toEqual({ to: 3, message: { type: "ping", origin: 1, period: 9, news: [] } });
    member.hears(3, { type: "ack", origin: 1, period: 9, news: [] });
    expect(member.sent[1]).toEqual({ to: 1, message: { type: "ack", origin: 1, period: 9, news: [] } });
  });

  test("only at the end of the period is a silent target suspected; an answer by any way saves it", () => {
    const silent = new LoneMember(4).rings("period").rings("indirect");
    const { target } = silent.state;
    expect(silent.opinion(target)).toBe("alive");
    expect(silent.rings("period").opinion(target)).toBe("suspect");
    const saved = new LoneMember(4).rings("period").rings("indirect");
    saved.hears(2, { type: "ack", origin: 0, period: 1, news: [] });
    expect(saved.rings("period").opinion(target)).toBe("alive");
  });

  test("an answer that comes a period late counts for nothing", () => {
    const member = new LoneMember(4).rings("period").rings("period");
    member.hears(1, { type: "ack", origin: 0, period: 1, news: [] });
    expect(member.state.isAnswered).toBe(false);
  });

  test("where only the way between two is cut, helpers know better; heartbeats don't", () => {
    const suspicions = (detector: "swim" | "heartbeat"): number => {
      const group = new DetectorGroup({ detector, members: 4, seed: "way" });
      const { world } = group;
      const send = world.send.bind(world);
      const between = [group.agents[0]!, group.agents[1]!].map((agent) => world.processes.indexOf(agent));
      world.send = (from, to, ...rest) =>
        between.includes(from) && between.includes(to) ? undefined : send(from, to, ...rest);
      group.run(60_000);
      return group.suspicions();
    };
    expect(suspicions("swim")).toBe(0);
    expect(suspicions("heartbeat")).toBe(2);
  });
});

describe("4.1 dissemination by piggybacking", () => {
  test("news goes out λ ⌈log n⌉ times with whatever is sent, and then no more", () => {
    const member = new LoneMember(12, { retransmit: 3 }).isTold(rumour(5, "suspect", 0));
    const times = Array.from({ length: 20 }, () => member.news().length);
    expect(times).toEqual([...Array<number>(6).fill(1), ...Array<number>(14).fill(0)]);
  });

  test("what was told least goes first when there is more than fits", () => {
    const member = new LoneMember(40).isTold(rumour(2, "suspect", 0));
    member.news();
    member.isTold(...[3, 4, 5, 6, 7, 8].map((other) => rumour(other, "suspect", 0)));
    expect(member.news().map(({ member: about }) => about)).toEqual([3, 4, 5, 6, 7, 8]);
    expect(member.news().map(({ member: about }) => about)).toContain(2);
  });

  test("newer news of a member replaces older", () => {
    const member = new LoneMember(5).isTold(rumour(2, "suspect", 0)).isTold(rumour(2, "dead", 0));
    expect(member.news()).toEqual([rumour(2, "dead", 0)]);
  });

  test("whoever is suspected is told so, however often it was told before", () => {
    const member = new LoneMember(5).isTold(rumour(1, "suspect", 0));
    for (let times = 0; times < 20; times++) expect(member.news()).toContainEqual(rumour(1, "suspect", 0));
  });
});

describe("4.2 suspicion and incarnations", () => {
  /** What a member holds of another after hearing these, one after the other. */
  const after = (...news: Rumour[]): Opinion => {
    const member = new LoneMember(5);
    for (const one of news) member.isTold(one);
    return member.opinion(2);
  };

  test("alive overrides what is said of an earlier incarnation, and only that", () => {
    expect(after(rumour(2, "suspect", 3), rumour(2, "alive", 4))).toBe("alive");
    expect(after(rumour(2, "suspect", 3), rumour(2, "alive", 3))).toBe("suspect");
    expect(after(rumour(2, "suspect", 3), rumour(2, "alive", 2))).toBe("suspect");
  });

  test("suspicion overrides alive of the same incarnation or an earlier one", () => {
    expect(after(rumour(2, "alive", 3), rumour(2, "suspect", 3))).toBe("suspect");
    expect(after(rumour(2, "alive", 3), rumour(2, "suspect", 4))).toBe("suspect");
    expect(after(rumour(2, "alive", 3), rumour(2, "suspect", 2))).toBe("alive");
  });

  test("a confirmed death overrides alive and suspicion", () => {
    expect(after(rumour(2, "alive", 3), rumour(2, "dead", 3))).toBe("dead");
    expect(after(rumour(2, "suspect", 3), rumour(2, "dead", 3), rumour(2, "suspect", 3))).toBe("dead");
  });

  test("a suspicion that nobody refutes in time is confirmed, and the death is told", () => {
    const member = new LoneMember(5, { suspicionMs: 2_000 }).isTold(rumour(2, "suspect", 0));
    member.nowMs = 1_999;
    expect(member.rings("suspicion").opinion(2)).toBe("suspect");
    member.nowMs = 2_000;
    expect(member.rings("suspicion").opinion(2)).toBe("dead");
    expect(member.news()).toEqual([rumour(2, "dead", 0)]);
  });

  test("whoever hears that it is suspected or dead begins a new incarnation and says so", () => {
    const member = new LoneMember(5).isTold(rumour(0, "suspect", 0));
    expect(member.news()).toEqual([rumour(0, "alive", 1)]);
    expect(member.isTold(rumour(0, "dead", 6)).news()).toEqual([rumour(0, "alive", 7)]);
  });

  test("nobody but the member itself begins its incarnations: an old suspicion of it changes nothing", () => {
    const member = new LoneMember(5).isTold(rumour(0, "suspect", 4)).isTold(rumour(0, "suspect", 2));
    expect(member.state.peers[0]!.incarnation).toBe(5);
  });

  test("news older than what is known is answered by what is known, for somebody has missed it", () => {
    const member = new LoneMember(5, { retransmit: 1 }).isTold(rumour(2, "alive", 3));
    expect([member.news(), member.news()]).toEqual([[rumour(2, "alive", 3)], []]);
    expect(member.isTold(rumour(2, "suspect", 1)).news()).toEqual([rumour(2, "alive", 3)]);
  });
});

describe("4.3 round-robin probing", () => {
  test("everybody has a turn in each round, and the next round is shuffled anew", () => {
    const member = new LoneMember(7);
    const rounds = Array.from({ length: 4 }, () =>
      Array.from({ length: 6 }, () => member.rings("period").state.target),
    );
    for (const round of rounds) expect(round.toSorted((one, other) => one - other)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(new Set(rounds.map((round) => round.join())).size).toBeGreaterThan(1);
  });
});
