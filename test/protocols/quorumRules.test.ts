import { describe, expect, test } from "vitest";
import type { ReplicationConfig } from "../../shared/protocols/protocol.ts";
import type { Cell } from "../../shared/protocols/quorum/cell.ts";
import { HINTS_MAX } from "../../shared/protocols/quorum/handoff.ts";
import type { Fetched, QuorumMessage } from "../../shared/protocols/quorum/messages.ts";
import { quorum } from "../../shared/protocols/quorum/quorum.ts";
import { type QuorumState, TIMER } from "../../shared/protocols/quorum/state.ts";
import { LoneReplica } from "./loneReplica.ts";

const WRITE = { kind: "write", argument: 7 } as const;

/** Oak, number 0 of three, or a node behind them. */
function oak(config: Partial<ReplicationConfig>, self = 0) {
  return new LoneReplica<QuorumState, QuorumMessage>({ protocol: quorum, self, replicas: 3, config });
}

/** What was sent, as "type to whom". */
const told = (replica: LoneReplica<QuorumState, QuorumMessage>): string[] =>
  replica.sent().map(({ to, message }) => `${message.type} to ${to}`);

/** The token under which a replica waits for answers. */
const tokenOf = (replica: LoneReplica<QuorumState, QuorumMessage>): number =>
  [...replica.state.coordinations.keys()].at(-1)!;

const cellOf = (operation: number, stampUs: number): Cell => ({
  stampUs,
  coordinator: 1,
  operation,
  value: operation,
  ordinal: 1,
  causal: null,
});

describe("rules of quorums (DeCandia 2007, section 4.5)", () => {
  const eventual = { stop: "eventual", readQuorum: 2, writeQuorum: 2 } as const;

  test("a write goes to all N replicas and is answered when W of them have it on disk", () => {
    const replica = oak(eventual);
    const request = replica.asked(WRITE);
    expect(told(replica)).toEqual(["store to 1", "store to 2"]);
    replica.hears(2, { type: "stored", token: tokenOf(replica) });
    expect(replica.answers.has(request)).toBe(false);
    replica.syncs();
    expect(replica.answers.get(request)).toMatchObject({ outcome: "ok" });
  });

  test("a read asks all N replicas and is answered with the newest of the first R", () => {
    const replica = oak(eventual);
    const request = replica.asked({});
    expect(told(replica)).toEqual(["fetch to 1", "fetch to 2"]);
    const fetched = { type: "fetched", token: tokenOf(replica), hasStored: false, isGranted: true } as const;
    replica.hears(1, { ...fetched, cell: cellOf(5, 1_000) });
    replica.hears(2, { ...fetched, cell: cellOf(6, 2_000) });
    expect(replica.answers.get(request)).toMatchObject({ value: 5 });
  });

  test("an answer that comes twice counts once", () => {
    const replica = oak({ ...eventual, writeQuorum: 3 });
    const request = replica.asked(WRITE);
    replica.syncs();
    const token = tokenOf(replica);
    replica.hears(1, { type: "stored", token });
    replica.hears(1, { type: "stored", token });
    expect(replica.answers.has(request)).toBe(false);
  });

  test("replicas acknowledge what is on disk, and tell nothing else", () => {
    const replica = oak(eventual);
    replica.hears(1, { type: "store", token: 9, key: 1, cell: cellOf(5, 1_000), standsFor: -1 });
    replica.hears(1, { type: "fetch", token: 10, key: 1, operation: -1, attempt: 0, standsFor: -1 });
    expect(replica.sent()).toEqual([
      { to: 1, message: { type: "fetched", token: 10, cell: null, hasStored: false, isGranted: false } },
    ]);
    replica.syncs();
    expect(told(replica)).toEqual(["stored to 1"]);
  });
});

describe("rules of hints and stand-ins (section 4.6)", () => {
  const sloppy = { stop: "eventual", readQuorum: 2, writeQuorum: 2, standIns: 2 } as const;

  test("after one to two beats without an answer the next node of the preference list is asked", () => {
    const replica = oak(sloppy);
    replica.asked(WRITE);
    replica.hears(1, { type: "stored", token: tokenOf(replica) });
    replica.sent();
    replica.rings(TIMER.suspicion);
    expect(told(replica)).toEqual([]);
    replica.rings(TIMER.suspicion);
    expect(replica.sent()).toMatchObject([{ to: 3, message: { type: "store", standsFor: 2 } }]);
  });

  test("one that was silent is passed over by later requests, until a message of it comes", () => {
    const replica = oak(sloppy);
    replica.asked({});
    for (let beat = 0; beat < 2; beat++) replica.rings(TIMER.suspicion);
    replica.sent();
    replica.asked({});
    expect(told(replica)).toEqual(["fetch to 3", "fetch to 4"]);
    replica.hears(2, { type: "stored", token: 0 });
    replica.asked({});
    expect(told(replica)).toEqual(["fetch to 3", "fetch to 2"]);
  });

  test("a part counts once, whether its replica or its stand-in answers", () => {
    const replica = oak({ ...sloppy, writeQuorum: 3 });
    const request = replica.asked(WRITE);
    replica.syncs();
    for (let beat = 0; beat < 2; beat++) replica.rings(TIMER.suspicion);
    const token = tokenOf(replica);
    replica.hears(3, { type: "stored", token });
    replica.hears(1, { type: "stored", token });
    expect(replica.answers.has(request)).toBe(false);
    replica.hears(4, { type: "stored", token });
    expect(replica.answers.get(request)).toMatchObject({ outcome: "ok" });
  });

  test("a stand-in keeps a write apart from its own, acknowledges it from its disk, and hands it over", () => {
    const fern = oak(sloppy, 3);
    fern.hears(0, { type: "store", token: 9, key: 1, cell: cellOf(5, 1_000), standsFor: 2 });
    expect(fern.sent()).toEqual([]);
    fern.syncs();
    expect(told(fern)).toEqual(["stored to 0"]);
    expect(fern.state.cells.size).toBe(0);
    fern.hears(0, { type: "fetch", token: 10, key: 1, operation: -1, attempt: 0, standsFor: 2 });
    expect(fern.sent()).toMatchObject([{ to: 0, message: { cell: { value: 5 } } }]);
    fern.rings(TIMER.handoff);
    const [handoff] = fern.sent();
    expect(handoff).toMatchObject({ to: 2, message: { type: "handoff" } });
    fern.hears(2, { type: "handedOff", writes: [{ key: 1, cell: cellOf(5, 1_000) }] });
    expect(fern.state.hints[2]!.size).toBe(0);
  });

  test("a node keeps hints of so many keys and no more", () => {
    const fern = oak(sloppy, 3);
    for (let key = 0; key < HINTS_MAX + 5; key++) {
      fern.hears(0, { type: "store", token: key, key, cell: cellOf(key, 1_000), standsFor: 2 });
    }
    fern.syncs();
    expect(fern.state.hints[2]!.size).toBe(HINTS_MAX);
  });
});

describe("rules of siblings (section 4.4)", () => {
  const siblings = { stop: "eventual", conflict: "siblings", writeQuorum: 1 } as const;

  test("a write is on its coordinator's disk before any other replica hears of it", () => {
    const replica = oak(siblings);
    replica.asked(WRITE);
    expect(replica.sent()).toEqual([]);
    replica.syncs();
    expect(told(replica)).toEqual(["store to 1", "store to 2"]);
  });

  test("so a crash takes back no event that others know: its number is given again to nobody's surprise", () => {
    const replica = oak(siblings);
    replica.asked(WRITE);
    replica.crashesAndRestarts();
    expect(replica.sent()).toEqual([]);
    replica.asked({ ...WRITE, argument: 8 });
    replica.syncs();
    expect(replica.state.cells.get(1)!.causal!.siblings).toMatchObject([{ actor: 0, count: 1, value: 8 }]);
  });

  test("a coordinator whose disk is lost writes as a new actor", () => {
    const replica = oak(siblings);
    replica.crashesAndRestarts(true);
    replica.asked(WRITE);
    replica.syncs();
    const [sibling] = replica.state.cells.get(1)!.causal!.siblings;
    expect(sibling!.actor).not.toBe(0);
    expect(sibling!.count).toBe(1);
  });

  test("a stand-in has no place among the coordinators of a key: it sends a write on", () => {
    const fern = oak({ ...siblings, standIns: 1 }, 3);
    const request = fern.asked(WRITE);
    expect(fern.answers.get(request)).toEqual({ outcome: "redirect", to: 0 });
  });

  test("the answer to a read is its context; the answer to a blind write beside others is none", () => {
    const replica = oak({ ...siblings, readQuorum: 1 });
    const [first, second] = [replica.asked(WRITE), replica.asked({ ...WRITE, argument: 8 })];
    replica.syncs();
    expect(replica.answers.get(first)).toMatchObject({ context: [{ actor: 0, count: 1 }] });
    expect(replica.answers.get(second)).toMatchObject({ context: [] });
    const read = replica.asked({});
    expect(replica.answers.get(read)).toMatchObject({ values: [7, 8], context: [{ actor: 0, count: 2 }] });
  });
});

describe("rules of the atomic register (Attiya, Bar-Noy & Dolev 1995; Lynch & Shvartsman 1997)", () => {
  const atomic = { stop: "linearizable" } as const;
  const fetched = (token: number, cell: Cell | null) =>
    ({ type: "fetched", token, cell, hasStored: false, isGranted: true }) as const;

  test("a write asks a majority first and goes above the newest that it was told, by no clock", () => {
    const replica = oak(atomic);
    replica.clockUs = 1e9;
    replica.asked(WRITE);
    expect(told(replica)).toEqual(["fetch to 1", "fetch to 2"]);
    replica.hears(1, fetched(tokenOf(replica), cellOf(5, 41)));
    const stores = replica.sent();
    expect(stores.map(({ message }) => message)).toMatchObject([{ cell: { stampUs: 42 } }, { cell: { stampUs: 42 } }]);
  });

  test("a read that a majority agrees on is answered at once, any other after writing back to a majority", () => {
    const replica = oak(atomic);
    const agreed = replica.asked({});
    replica.sent();
    replica.hears(1, fetched(tokenOf(replica), null));
    expect(replica.answers.get(agreed)).toMatchObject({ outcome: "ok", value: null });
    const divided = replica.asked({});
    replica.sent();
    replica.hears(1, fetched(tokenOf(replica), cellOf(5, 41)));
    expect(replica.answers.has(divided)).toBe(false);
    expect(told(replica)).toEqual(["store to 2"]);
    replica.syncs();
    expect(replica.answers.get(divided)).toMatchObject({ outcome: "ok", value: 5 });
  });

  test("of two attempts at one write a replica grants the first its claim, and no other for good", () => {
    const replica = oak(atomic);
    const fetch = { type: "fetch", token: 9, key: 1, operation: 5, standsFor: -1 } as const;
    const isGranted = (from: number, attempt: number): boolean => {
      replica.hears(from, { ...fetch, attempt });
      const [answer] = replica.sent();
      return (answer!.message as Fetched).isGranted;
    };
    expect(isGranted(1, 1_001)).toBe(true);
    expect(isGranted(2, 1_002)).toBe(false);
    expect(isGranted(1, 1_001)).toBe(true);
    replica.crashesAndRestarts();
    expect(isGranted(2, 1_002)).toBe(false);
  });

  test("an attempt places its write when a majority granted it, and nothing before", () => {
    const replica = oak(atomic);
    replica.hears(2, { type: "fetch", token: 9, key: 1, operation: 5, attempt: 1_002, standsFor: -1 });
    replica.asked({ ...WRITE, operation: 5 });
    replica.sent();
    replica.hears(1, fetched(tokenOf(replica), null));
    expect(told(replica)).toEqual([]);
    replica.hears(2, fetched(tokenOf(replica), null));
    expect(told(replica)).toEqual(["store to 1", "store to 2"]);
  });

  test("one that is not granted asks again, and is done when it hears that another attempt has placed the write", () => {
    const replica = oak(atomic);
    const request = replica.asked({ ...WRITE, operation: 5 });
    replica.sent();
    for (const from of [1, 2]) replica.hears(from, { ...fetched(tokenOf(replica), null), isGranted: false });
    expect(told(replica)).toEqual([]);
    replica.rings(TIMER.sweep);
    expect(told(replica)).toEqual(["fetch to 1", "fetch to 2"]);
    const placed = { ...fetched(tokenOf(replica), cellOf(5, 41)), isGranted: false, hasStored: true };
    for (const from of [1, 2]) replica.hears(from, placed);
    replica.hears(2, { type: "stored", token: tokenOf(replica) });
    replica.syncs();
    expect(replica.answers.get(request)).toMatchObject({ outcome: "ok", position: 41 });
  });

  test("an attempt that finds no quorum gives back its own claim, so that the next one through here may have it", () => {
    const replica = oak(atomic);
    const first = replica.asked({ ...WRITE, operation: 5 });
    for (let sweep = 0; sweep < 4; sweep++) replica.rings(TIMER.sweep);
    expect(replica.answers.get(first)).toEqual({ outcome: "refused", reason: "quorumUnreachable" });
    replica.asked({ ...WRITE, operation: 5 });
    replica.sent();
    replica.hears(1, fetched(tokenOf(replica), null));
    expect(told(replica)).toEqual(["store to 1", "store to 2"]);
  });

  test("from session on no quorum is smaller than a majority, whatever operators set", () => {
    const replica = oak({ stop: "session", readQuorum: 1, writeQuorum: 1 });
    const request = replica.asked({});
    expect(replica.answers.has(request)).toBe(false);
    replica.hears(1, fetched(tokenOf(replica), null));
    expect(replica.answers.get(request)).toMatchObject({ outcome: "ok" });
  });
});
