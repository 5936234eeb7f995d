import { describe, expect, test } from "vitest";
import { protocols } from "../../shared/protocols/registry.ts";
import type { Protocol } from "../../shared/protocols/protocol.ts";
import { playCut, type CutFigures, type CutSetup } from "./cut.ts";

/** Nodes of both sides in turn, so that the replicas are a0, b0 and b1. */
const SPREAD = ["a0", "b0", "b1", "a1", "b2"];

/** What a level may set beside the dial's stop, by protocol; every combination of a row is tried. */
const VARIANTS: Readonly<Record<keyof typeof protocols, readonly Partial<CutSetup>[]>> = {
  single: [{}],
  primaryBackup: ["async", "semiSync", "sync"].flatMap((mode) => [
    { store: { mode } },
    // Two primaries: the one way in which this protocol serves writes on both sides.
    { store: { mode }, promotes: true },
    // The first one stops when its lease ends; in mode async what it acknowledged until then is lost.
    { store: { mode, lease: "800ms", leaseMargin: "50ms" }, promotes: true },
  ]),
  // The side of one has the head, the other the tail.
  chain: [{}, { sides: [2, 2] }],
  quorum: [
    { store: { readQuorum: 1, writeQuorum: 1 } },
    { store: { readQuorum: 2, writeQuorum: 2 } },
    { store: { readQuorum: 1, writeQuorum: 3 } },
    { store: { readQuorum: 1, writeQuorum: 1, hintedHandoff: false, readRepair: false } },
    { store: { readQuorum: 2, writeQuorum: 2 }, sides: [2, 2] },
    { store: { readQuorum: 1, writeQuorum: 1, conflict: "siblings", antiEntropy: "1s" } },
    // One replica and one stand-in on the side of two.
    { store: { readQuorum: 2, writeQuorum: 2, sloppy: true, replicationFactor: 3, on: SPREAD }, sides: [2, 3] },
  ],
  gossip: [{}, { store: { data: "lwwMap", gossip: { style: "push", fanout: 2 } }, sides: [2, 2] }],
  raft: [{}, { sides: [2, 2] }],
};

function setups(protocol: Protocol<unknown, unknown>): CutSetup[] {
  const variants = VARIANTS[protocol.name as keyof typeof protocols];
  return protocol.stops.flatMap((stop) =>
    variants.map(({ store, sides = [1, 2], promotes = false }) => {
      return { store: { protocol: protocol.name, dial: [stop], ...store }, sides, promotes, seed: "CAP" };
    }),
  );
}

/**
 * Whether a cut stays linearizable under other luck too: what a deposed primary acknowledged goes unmissed where somebody
 * writes the key again before anybody reads it.
 */
function covers(setup: CutSetup): boolean {
  return ["again", "and again", "once more", "a last time"].every((seed) => playCut({ ...setup, seed }).linearizable);
}

const played: { setup: CutSetup; figures: CutFigures }[] = [];

describe("a full partition with both sides serving", () => {
  test.each(Object.values<Protocol<unknown, unknown>>(protocols))(
    "$name is never both available on both sides and linearizable, at any stop",
    (protocol) => {
      for (const setup of setups(protocol)) {
        const figures = playCut(setup);
        played.push({ setup, figures });
        expect(figures.answered === 1 && figures.linearizable, JSON.stringify(setup)).toBe(false);
        // Where both sides answered everything, the case really came up: writes here, then reads of them there.
        if (figures.answered === 1) expect(figures.crossings).toBeGreaterThan(50);
      }
    },
  );

  test("either half alone can be had: all available, or linearizable", () => {
    expect(played.some(({ figures }) => figures.answered === 1)).toBe(true);
    expect(played.some(({ figures }) => figures.linearizable && figures.answered > 0.4)).toBe(true);
  });

  test("a stop called linearizable is linearizable, unless an operator makes a second primary", () => {
    const linearizable = played.filter(({ setup }) => JSON.stringify(setup.store["dial"]) === '["linearizable"]');
    expect(linearizable.length).toBeGreaterThan(4);
    for (const { setup, figures } of linearizable) {
      const { mode, lease } = setup.store;
      // A semi-synchronous primary acknowledges alone once its patience ends; a lease ends before that.
      const isSplit = setup.promotes && (mode === "async" || (mode === "semiSync" && lease === undefined));
      if (isSplit) expect(figures.linearizable && covers(setup), JSON.stringify(setup)).toBe(false);
      else expect(figures.linearizable, JSON.stringify(setup)).toBe(true);
    }
  });

  test("clients on the smaller side, without primary, leader or quorum, get what the dial predicts", () => {
    for (const { setup, figures } of played) {
      if (setup.promotes || setup.sides[0] === setup.sides[1]) continue;
      const isLed = setup.store["protocol"] === "single" || setup.store["protocol"] === "primaryBackup";
      const { read, write } = figures.by[isLed ? "B" : "A"];
      const { cutOffReads, cutOffWrites } = figures.predicted;
      const got = { read: Math.round(read), write: Math.round(write) };
      const said = { read: cutOffReads === "serves" ? 1 : 0, write: cutOffWrites === "serves" ? 1 : 0 };
      expect(got, JSON.stringify(setup)).toEqual(said);
    }
  });
});
