import { invariant } from "../../core/invariant.ts";
import type { ClientView } from "./clientView.ts";
import type { Ranking } from "./viewOrder.ts";
import type { Broken } from "./views.ts";
import type { ViewWrite } from "./viewWrite.ts";

/** Why a view has no order. */
export interface Proven {
  /** Ids of operations that prove it: not always the fewest. */
  readonly ids: ReadonlySet<number>;
  /** The write that can't come before what was seen. */
  readonly newer: ViewWrite;
}

/**
 * How the client knows of what it knows, and which of that would have to come before itself: found by searching backwards
 * from the clash, the shortest way each time. Cost: what the client knows, for each step of the proof.
 */
export function proofOf({ view, roots, later, ranking }: Broken): Proven {
  const proof = new Proof(view);
  if (ranking !== undefined) proof.ids.add(ranking.by);
  if (later.isInitial) {
    proof.addKnown(roots[0]!, ranking!);
    return { ids: proof.ids, newer: roots[0]! };
  }
  const slot = view.order.slotOf(later);
  const isAfterwards = (write: ViewWrite) => write === later || (write.session === view.session && slot <= write.floor);
  const way = proof.wayTo(isAfterwards, roots, Infinity);
  invariant(way !== undefined, "views: a clash without a way that comes back");
  proof.addWay(way, Infinity);
  proof.ids.add(later.write);
  if (ranking !== undefined) proof.addKnown(way[0]!, ranking);
  if (way.at(-1) !== later) proof.addKnown(later, { at: slot, number: Infinity });
  return { ids: proof.ids, newer: way[0]! };
}

/** When something was known: by what place of the line, and by the rankings before which one. */
type Moment = Pick<Ranking, "at" | "number">;

class Proof {
  readonly ids = new Set<number>();
  readonly #view: ClientView;
  readonly #told = new Set<string>();

  constructor(view: ClientView) {
    this.#view = view;
  }

  /** How the client came to know of a write by a moment. */
  addKnown(write: ViewWrite, { at, number }: Moment): void {
    const name = `${write.number} ${number}`;
    if (this.#told.has(name)) return;
    this.#told.add(name);
    const learnings = this.#view.learnings.filter((it) => it.at <= at).toReversed();
    const way = this.wayTo((one) => one === write, learnings.map((it) => it.write), number);
    invariant(way !== undefined, "views: a write is known, but nobody can say how");
    this.ids.add(learnings.find((it) => it.write === way[0])!.by);
    this.addWay(way, number);
  }

  /** The operations along a way, each write after the next one, and why. */
  addWay(way: readonly ViewWrite[], number: number): void {
    for (const [place, write] of way.entries()) {
      if (write.write >= 0) this.ids.add(write.write);
      const before = way[place + 1];
      if (before === undefined) continue;
      const base = write.before.indexOf(before);
      if (base >= 0) {
        if (write.readBy[base]! >= 0) this.ids.add(write.readBy[base]!);
        continue;
      }
      const ranking = this.#rankingsOf(write, number).find(({ earlier }) => earlier.includes(before))!;
      this.ids.add(ranking.by);
      this.addKnown(before, ranking);
    }
  }

  /** The shortest way backwards from one of some writes to one that is sought, by what was known before a ranking. */
  wayTo(isSought: (write: ViewWrite) => boolean, from: readonly ViewWrite[], number: number): ViewWrite[] | undefined {
    const behind = new Map<ViewWrite, ViewWrite | undefined>(from.map((write) => [write, undefined]));
    for (const write of behind.keys()) {
      if (isSought(write)) return wayBack(write, behind);
      const earlier = this.#rankingsOf(write, number).flatMap((ranking) => ranking.earlier);
      for (const before of [...write.before, ...earlier]) if (!behind.has(before)) behind.set(before, write);
    }
    return undefined;
  }

  #rankingsOf(write: ViewWrite, number: number): readonly Ranking[] {
    return this.#view.order.rankingsOf(write).filter((ranking) => ranking.number < number);
  }
}

function wayBack(write: ViewWrite, behind: ReadonlyMap<ViewWrite, ViewWrite | undefined>): ViewWrite[] {
  const way: ViewWrite[] = [];
  for (let one: ViewWrite | undefined = write; one !== undefined; one = behind.get(one)) way.push(one);
  return way.reverse();
}
