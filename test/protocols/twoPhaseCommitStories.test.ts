import { expect, test } from "vitest";
import { invariant } from "../../shared/core/invariant.ts";
import type { TransactionId } from "../../shared/protocols/twoPhaseCommit/messages.ts";
import { CommitGroup } from "./commitGroup.ts";

const NAMES = ["Oak", "Pike", "Reed"];

/** Plays a story, one sentence a line, and tells it back with what really happened after each "→". */
function play(script: string): string {
  const group = new CommitGroup(NAMES.length);
  let transaction: TransactionId = "";
  const site = (name = ""): number => {
    invariant(NAMES.includes(name), `story: there is no site ${name}`);
    return NAMES.indexOf(name);
  };
  const SENTENCES: readonly (readonly [RegExp, (...words: string[]) => string | void])[] = [
    [
      /^(\w+) asks (\w+) and (\w+) to commit$/,
      (by, one, other) => {
        const errand = { needs: "account", willing: true };
        transaction = group.begin(
          site(by),
          new Map([
            [site(one), errand],
            [site(other), errand],
          ]),
        );
      },
    ],
    [/^(\d+) ms pass$/, (ms) => group.run(Number(ms))],
    [/^(\w+) crashes$/, (name) => group.crash(site(name))],
    [/^(\w+) restarts$/, (name) => group.restart(site(name))],
    [/^(\w+) does not hear (\w+)$/, (to, from) => group.cut(site(from), site(to))],
    [/^the network heals$/, () => group.heal()],
    [
      /^an operator at (\w+) decides to (commit|abort)$/,
      (at, what) => group.decideByHand(site(at), transaction, what === "commit"),
    ],
    [/^(\w+) is$/, (name) => group.standing(site(name), transaction)],
    [/^the account at (\w+) is$/, (name) => (group.sites[site(name)]!.locks.size > 0 ? "locked" : "free")],
    [/^whoever asked is told$/, () => told(group.decided.get(transaction))],
  ];
  const tell = (line: string): string => {
    const [sentence = ""] = line.split(" →");
    for (const [pattern, act] of SENTENCES) {
      const match = pattern.exec(sentence.trim());
      if (match === null) continue;
      const happened = act(...match.slice(1));
      return happened === undefined ? sentence : `${sentence} → ${happened}`;
    }
    throw new Error(`story: nothing is known that reads "${sentence.trim()}"`);
  };
  return script
    .split("\n")
    .map((line) => (line.trim() === "" ? line : tell(line)))
    .join("\n");
}

function told(decided: { commit: boolean } | undefined): string {
  return decided === undefined ? "nothing" : decided.commit ? "committed" : "aborted";
}

test.each([
  [
    "the coordinator dies between the votes and the decision, and everybody waits for it",
    `
    Oak asks Pike and Reed to commit
    15 ms pass
    Oak crashes
    30000 ms pass
    Pike is → inDoubt
    Reed is → inDoubt
    the account at Pike is → locked
    the account at Reed is → locked
    whoever asked is told → nothing
    Oak restarts
    300 ms pass
    Pike is → aborted
    Reed is → aborted
    the account at Pike is → free
    the account at Reed is → free`,
  ],
  [
    "the network splits after the votes: the side without the coordinator waits until it heals",
    `
    Oak asks Pike and Reed to commit
    18 ms pass
    Reed does not hear Oak
    Reed does not hear Pike
    5000 ms pass
    whoever asked is told → committed
    Pike is → committed
    Reed is → inDoubt
    the account at Reed is → locked
    the network heals
    300 ms pass
    Reed is → committed
    the account at Reed is → free`,
  ],
  [
    "the network splits before the votes: everybody aborts, and nobody waits",
    `
    Reed does not hear Oak
    Oak asks Pike and Reed to commit
    600 ms pass
    whoever asked is told → aborted
    Pike is → aborted
    the account at Pike is → free`,
  ],
  [
    "a participant comes back to a promise, and Pike, who knows, sets it free before the coordinator is back",
    `
    Oak asks Pike and Reed to commit
    18 ms pass
    Reed does not hear Oak
    30 ms pass
    Reed crashes
    Oak crashes
    the network heals
    Reed restarts
    Reed is → inDoubt
    500 ms pass
    Reed is → committed`,
  ],
  [
    "an operator does not want to wait, and decides the wrong thing",
    `
    Oak asks Pike and Reed to commit
    18 ms pass
    Reed does not hear Oak
    Reed does not hear Pike
    100 ms pass
    an operator at Reed decides to abort
    Reed is → aborted
    the account at Reed is → free
    Pike is → committed`,
  ],
])("%s", (_, script) => {
  expect(play(script)).toBe(script);
});
