import type { NodeView, View } from "../../shared/match/view.ts";
import { Caption, type CaptionLine } from "../pieces/caption.ts";
import type { Box } from "../pieces/curve.ts";
import type { Cut } from "../pieces/cut.ts";
import { Lighthouse } from "../pieces/lighthouse.ts";
import { grouped, type NodeState, nodeState } from "../pieces/nodeState.ts";
import type { Stage } from "../pieces/stage.ts";
import type { ChartLayout } from "./chartLayout.ts";
import { type Claim, declutter } from "./declutter.ts";

/** What the player points at: a place, and a store whose replicas are ringed (-1 for none). */
export interface Focus {
  readonly place: string | null;
  readonly store: number;
}

/** From this many nodes on, only troubled and selected ones get a second line. */
const CROWDED_NODES = 24;

/** All lighthouses with their captions. */
export class Shore {
  private readonly layout: ChartLayout;
  private readonly lighthouses: readonly Lighthouse[];
  private readonly captions: readonly Caption[];
  private claimed = "";

  constructor(stage: Stage, layout: ChartLayout) {
    this.layout = layout;
    const backFirst = [...layout.nodes.entries()].toSorted(([, a], [, b]) => a.y - b.y);
    const raised = new Map(backFirst.map(([at, foot]) => [at, new Lighthouse(stage, foot, layout.towerScale, at)]));
    this.lighthouses = layout.nodes.flatMap((_, at) => raised.get(at) ?? []);
    this.captions = layout.nodes.map(({ x, y }) => new Caption(stage, { x, y: y + 13 * layout.towerScale + 1 }));
  }

  /** Captions keep off `plates`; their second lines keep off `buoys` too. */
  show(
    view: View,
    focus: Focus,
    around: { readonly nowMs: number; readonly plates: readonly Box[]; readonly buoys: readonly Box[] },
  ): void {
    let changed = false;
    const claims: Claim[] = [];
    for (const [at, node] of view.nodes.entries()) {
      const state = nodeState(node, focus.store, view.components);
      const inStore = focus.store < 0 ? null : node.replicas.some((replica) => replica.store === focus.store);
      this.lighthouses[at]?.show(state, inStore, around.nowMs);
      const caption = this.captions[at];
      if (caption === undefined) continue;
      changed = caption.tell(captionWords(node, state)) || changed;
      claims.push(this.claim(caption, state, { selected: focus.place === `n${at}`, nodes: view.nodes.length }));
    }
    const ranks = claims.map((claim) => `${claim.rank}${claim.wants.length}`).join();
    const claimed = `${ranks} ${around.plates.length} ${around.buoys.length}`;
    if (!changed && claimed === this.claimed) return;
    this.claimed = claimed;
    const { width, height, zones } = this.layout;
    declutter(claims, {
      width,
      height,
      taken: [...zones.map((zone) => zone.labelBox), ...around.plates],
      soft: [...this.lighthouses.map((lighthouse) => lighthouse.box), ...around.buoys],
    });
  }

  /** What is shown next is simply there. */
  settle(): void {
    for (const lighthouse of this.lighthouses) lighthouse.settle();
  }

  /** Moves light and courses; beams end at the cut. */
  tick(nowMs: number, deltaMs: number, cut: Cut | null): void {
    for (const lighthouse of this.lighthouses) lighthouse.tick(nowMs, deltaMs, cut);
  }

  private claim(caption: Caption, state: NodeState, about: { selected: boolean; nodes: number }): Claim {
    const roomy = !this.layout.compact && about.nodes < CROWDED_NODES;
    const second = about.selected || state.notable || roomy;
    const wants: CaptionLine[] = second ? ["name", "state", "failing"] : ["name", "failing"];
    return { caption, rank: about.selected ? 0 : state.notable ? 1 : state.leads ? 2 : 3, wants };
  }
}

function captionWords(node: NodeView, state: NodeState): Parameters<Caption["tell"]>[0] {
  const failing = node.failing > 0 ? `${grouped(node.failing)} ${node.failingWhy}`.trim() : "";
  return { name: node.name, state: state.words, brief: state.brief, failing, notable: state.notable };
}
