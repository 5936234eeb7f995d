import { describe, expect, test } from "vitest";
import { CommitGroup, type Errand } from "./commitGroup.ts";

const YES: Errand = { needs: "room", willing: true };
const NO: Errand = { needs: "room", willing: false };

/** Site 0 coordinates and takes no part itself; sites 1 and 2 do the work. */
function group(): CommitGroup {
  return new CommitGroup(3);
}

const both = (errand: Errand) =>
  new Map([
    [1, YES],
    [2, errand],
  ]);

describe("Bernstein, Hadzilacos & Goodman, section 7.4, the protocol", () => {
  test("all vote yes: everybody commits, and then the coordinator may forget", () => {
    const sites = group();
    const transaction = sites.begin(0, both(YES));
    sites.run(300);
    expect([1, 2].map((site) => sites.standing(site, transaction))).toEqual(["committed", "committed"]);
    expect(sites.decided.get(transaction)).toMatchObject({ commit: true });
    expect(sites.sites[0]!.state.coordinated.size).toBe(0);
    expect(sites.sites[1]!.locks.size).toBe(0);
  });

  test("one votes no: nobody commits, and locks are free at once", () => {
    const sites = group();
    const transaction = sites.begin(0, both(NO));
    sites.run(100);
    expect([1, 2].map((site) => sites.standing(site, transaction))).toEqual(["aborted", "aborted"]);
    expect(sites.decided.get(transaction)).toMatchObject({ commit: false, reason: "unwilling" });
    expect(sites.sites[1]!.locks.size).toBe(0);
  });

  test("a promise is on the disk before the vote is told", () => {
    const sites = group();
    const transaction = sites.begin(0, both(YES));
    sites.run(10.4);
    expect(sites.standing(1, transaction)).toBe("logging");
    expect(sites.sites[0]!.state.coordinated.get(transaction)!.ballots.size).toBe(0);
  });

  test("the decision is on the coordinator's disk before anybody is told", () => {
    const sites = group();
    const transaction = sites.begin(0, both(YES));
    sites.afterEvent = () => {
      const { log, durable } = sites.sites[0]!.state;
      const isWritten = log.slice(0, durable).some(({ type }) => type === "decision");
      if (!isWritten) expect([1, 2].map((site) => sites.standing(site, transaction))).not.toContain("committed");
    };
    sites.run(300);
    expect(sites.standing(1, transaction)).toBe("committed");
  });

  test("votes that do not come in time count as no", () => {
    const sites = group();
    sites.cut(2, 0);
    const transaction = sites.begin(0, both(YES));
    sites.run(600);
    expect(sites.decided.get(transaction)).toMatchObject({ commit: false, reason: "participantSilent" });
    expect(sites.standing(1, transaction)).toBe("aborted");
  });

  test("a participant may abort by itself until it has voted, and not after", () => {
    const sites = group();
    sites.cut(0, 2);
    const transaction = sites.begin(0, both(YES));
    sites.run(100);
    expect(sites.standing(1, transaction)).toBe("inDoubt");
    expect(sites.standing(2, transaction)).toBe("unheard of");
    sites.decideByHand(2, transaction, true);
    expect(sites.standing(2, transaction)).toBe("unheard of");
  });
});

describe("Bernstein, Hadzilacos & Goodman, section 7.4, cooperative termination", () => {
  test("a participant in doubt learns the commit from another one while the coordinator is dead", () => {
    const sites = group();
    const transaction = sites.begin(0, both(YES));
    sites.later(18, () => sites.cut(0, 2));
    sites.run(40);
    sites.crash(0);
    expect([1, 2].map((site) => sites.standing(site, transaction))).toEqual(["committed", "inDoubt"]);
    sites.run(500);
    expect(sites.standing(2, transaction)).toBe("committed");
  });

  test("one that was never asked answers with an abort, and keeps to it when the question comes late", () => {
    const sites = group();
    sites.cut(0, 2);
    const transaction = sites.begin(0, both(YES));
    sites.run(50);
    sites.crash(0);
    sites.run(500);
    expect([1, 2].map((site) => sites.standing(site, transaction))).toEqual(["aborted", "aborted"]);
  });

  test("it has its answer on the disk before it gives it", () => {
    const sites = group();
    sites.cut(0, 2);
    const transaction = sites.begin(0, both(YES));
    sites.later(50, () => sites.crash(0));
    sites.afterEvent = () => {
      if (sites.standing(1, transaction) !== "aborted") return;
      const { log, durable } = sites.sites[2]!.state;
      expect(log.slice(0, durable)).toContainEqual({ type: "outcome", transaction, commit: false, byHand: false });
    };
    sites.run(800);
    expect(sites.standing(1, transaction)).toBe("aborted");
  });

  test("participants who are all in doubt can't help one another: they wait for the coordinator", () => {
    const sites = group();
    const transaction = sites.begin(0, both(YES));
    sites.later(15, () => sites.crash(0));
    sites.run(60_000);
    expect([1, 2].map((site) => sites.standing(site, transaction))).toEqual(["inDoubt", "inDoubt"]);
    expect(sites.sites[1]!.locks.get("room")).toBe(transaction);
  });
});

describe("Mohan, Lindsay & Obermarck, section 3, presumed abort", () => {
  test("a coordinator writes nothing about an abort", () => {
    const sites = group();
    sites.begin(0, both(NO));
    sites.run(500);
    expect(sites.sites[0]!.state.log).toEqual([]);
  });

  test("who asks about a transaction that its coordinator does not know is told that it was aborted", () => {
    const sites = group();
    const transaction = sites.begin(0, both(YES));
    sites.later(15, () => sites.crash(0));
    sites.later(1_000, () => sites.restart(0));
    sites.run(2_000);
    expect([1, 2].map((site) => sites.standing(site, transaction))).toEqual(["aborted", "aborted"]);
  });

  test("a coordinator that comes back tells what it had decided until all have acknowledged", () => {
    const sites = group();
    const transaction = sites.begin(0, both(YES));
    sites.later(18, () => [1, 2].forEach((site) => sites.cut(0, site)));
    sites.run(40);
    sites.crash(0);
    sites.heal();
    sites.run(1_000);
    expect([1, 2].map((site) => sites.standing(site, transaction))).toEqual(["inDoubt", "inDoubt"]);
    sites.restart(0);
    sites.run(300);
    expect([1, 2].map((site) => sites.standing(site, transaction))).toEqual(["committed", "committed"]);
    expect(sites.sites[0]!.state.coordinated.size).toBe(0);
  });

  test("no name of a transaction is given twice, not even after a crash", () => {
    const sites = group();
    const first = sites.begin(0, both(NO));
    sites.crash(0);
    sites.restart(0);
    expect(sites.begin(0, both(NO))).not.toBe(first);
  });
});

describe("recovery from the disk", () => {
  test("a participant that had promised holds its locks again, and asks", () => {
    const sites = group();
    const transaction = sites.begin(0, both(YES));
    sites.later(15, () => sites.crash(0));
    sites.run(100);
    sites.crash(1);
    sites.restart(1);
    expect(sites.standing(1, transaction)).toBe("inDoubt");
    expect(sites.sites[1]!.locks.get("room")).toBe(transaction);
  });

  test("a promise that had not reached the disk was never made", () => {
    const sites = group();
    const transaction = sites.begin(0, both(YES));
    sites.run(10.1);
    sites.crash(1);
    sites.restart(1);
    expect(sites.standing(1, transaction)).toBe("unheard of");
    sites.run(1_000);
    expect(sites.standing(1, transaction)).toBe(sites.standing(2, transaction));
  });

  test("the data is made from the promises whose commit is on the disk", () => {
    const sites = group();
    sites.begin(0, both(YES));
    sites.run(300);
    sites.crash(1);
    sites.restart(1);
    expect(sites.done(1)).toEqual(["room"]);
  });
});

describe("X/Open XA, section 2.3, heuristic decisions", () => {
  test("an operator who decides by hand frees the locks; if the coordinator had decided the other thing, damage is done", () => {
    const sites = group();
    const transaction = sites.begin(0, both(YES));
    sites.later(15, () => sites.crash(0));
    sites.run(100);
    sites.decideByHand(1, transaction, true);
    sites.run(100);
    expect(sites.sites[1]!.locks.size).toBe(0);
    expect(sites.standing(1, transaction)).toBe("committed");
    sites.restart(0);
    sites.run(1_000);
    expect(sites.sites[1]!.state.damaged).toBe(1);
  });

  test("one who guesses right does none", () => {
    const sites = group();
    const transaction = sites.begin(0, both(YES));
    sites.later(15, () => sites.crash(0));
    sites.run(100);
    for (const site of [1, 2]) sites.decideByHand(site, transaction, false);
    sites.restart(0);
    sites.run(1_000);
    expect(sites.sites.map(({ state }) => state.damaged)).toEqual([0, 0, 0]);
    expect(sites.sites.map(({ state }) => state.byHand.size)).toEqual([0, 0, 0]);
  });
});
