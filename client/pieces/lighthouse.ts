import type * as Phaser from "phaser";
import type { Cut } from "./cut.ts";
import type { Box, Point } from "./curve.ts";
import { FOG_LEAD } from "./fog.ts";
import { BEAM_REACH } from "./light.ts";
import type { NodeState } from "./nodeState.ts";
import type { Stage } from "./stage.ts";
import { LANTERN_HEIGHT, TOWER_HEIGHT, towerMark } from "./tower.ts";

const BEAM_TURN_MS = 8_000;
/** The turning plane of the beam is seen at a slant: its depth on the chart as a share of its width. */
const BEAM_SLANT = 0.62;
const BEAM_STOP_MS = 200;
const COURSE_STEP_MS = 150;
const FLICKER_HZ = 0.7;
const LAMP_OUT_MS = 150;
const CAP_TIP_MS = 250;
const CAP_TIP_RAD = 0.42;
/** Nodes that do not hold the selected store step back to this opacity. */
const STEPPED_BACK = 0.82;

/** One node as a lighthouse. `show` takes what is known of it, `tick` moves light and courses towards that. */
export class Lighthouse {
  private readonly stage: Stage;
  private readonly foot: Point;
  private readonly scale: number;
  private readonly tower: Phaser.GameObjects.Image;
  private readonly glow: Phaser.GameObjects.Image;
  private readonly extras = new Map<string, Phaser.GameObjects.Image>();
  private readonly turnOffset: number;
  private state: NodeState | null = null;
  private mark = "";
  private courses = -1;
  private coursesMs = 0;
  private light = 1;
  private beamLight = 0;
  private crashedMs = -1;

  constructor(stage: Stage, foot: Point, scale: number, order: number) {
    this.stage = stage;
    this.foot = foot;
    this.scale = scale;
    this.turnOffset = 0.09 + order * 0.31;
    this.tower = stage.marks.image(stage.layers.towers, "tower-unknown", scale).setPosition(foot.x, foot.y);
    this.glow = stage.marks
      .image(stage.layers.light, "glow", scale)
      .setPosition(foot.x, foot.y - LANTERN_HEIGHT * scale);
    if (stage.palette.theme === "night") this.glow.setBlendMode("ADD");
  }

  /** The box of the tower itself, without light and words. */
  get box(): Box {
    const { foot, scale } = this;
    return {
      left: foot.x - 11 * scale,
      right: foot.x + 11 * scale,
      top: foot.y - TOWER_HEIGHT * scale,
      bottom: foot.y + 6 * scale,
    };
  }

  /** The next state is simply there: no lamp goes out and no course fills on the way to it. */
  settle(): void {
    this.state = null;
  }

  /** `inStore`: whether the node holds the selected store; null when none is selected. */
  show(state: NodeState, inStore: boolean | null, nowMs: number): void {
    const first = this.state === null;
    if (state.standing === "crashed" && this.state?.standing !== "crashed")
      this.crashedMs = first ? -CAP_TIP_MS : nowMs;
    if (first || state.standing !== "up") this.courses = state.missing;
    this.state = state;
    this.light = first ? this.wantedLight() : this.light;
    const opacity = inStore === false ? STEPPED_BACK : 1;
    this.tower.setAlpha(opacity);
    this.extra("ring", inStore === true, "ring");
    this.extra("railing", state.fenced, "railing");
    this.extra("flicker", state.slow, "flicker");
    this.extra(
      "badge",
      state.slow || state.restarting || state.drained,
      state.slow ? "badge-slow" : state.restarting ? "badge-restarting" : "badge-drained",
      17,
      -30,
    );
    this.extra("pennant", state.leads, "pennant", 0, -TOWER_HEIGHT + 3);
    this.extra("cap", state.standing === "crashed", "cap-fallen", 2, -68);
    this.turnMark();
  }

  /** Moves the light; `cut` ends a beam that would shine into fog. */
  tick(nowMs: number, deltaMs: number, cut: Cut | null): void {
    const state = this.state;
    if (state === null) return;
    if (this.courses !== state.missing && nowMs - this.coursesMs > COURSE_STEP_MS) {
      this.courses += Math.sign(state.missing - this.courses);
      this.coursesMs = nowMs;
      this.turnMark();
    }
    const wanted = this.wantedLight();
    this.light += Math.sign(wanted - this.light) * Math.min(Math.abs(wanted - this.light), deltaMs / LAMP_OUT_MS);
    const flicker =
      state.slow && !this.stage.calm
        ? 0.55 + 0.1 * Math.sin(nowMs * (FLICKER_HZ / 1_000) * Math.PI * 2)
        : state.slow
          ? 0.55
          : 1;
    this.glow.setAlpha(this.light * flicker * this.tower.alpha).setVisible(this.light > 0.01);
    this.tickBeam(nowMs, deltaMs, state.leads && state.standing === "up", cut);
    const cap = this.extras.get("cap");
    if (cap?.visible === true)
      cap.setRotation(CAP_TIP_RAD * (this.stage.calm ? 1 : Math.min(1, (nowMs - this.crashedMs) / CAP_TIP_MS)));
    const turning = this.extras.get("badge");
    if (turning !== undefined)
      turning.setRotation(state.restarting && !state.slow && !this.stage.calm ? nowMs / 600 : 0);
  }

  private wantedLight(): number {
    return this.state?.standing === "up" && this.state.lamp !== "covered" ? 1 : 0;
  }

  private tickBeam(nowMs: number, deltaMs: number, leads: boolean, cut: Cut | null): void {
    this.beamLight = Math.min(1, Math.max(0, this.beamLight + ((leads ? 1 : -1) * deltaMs) / BEAM_STOP_MS));
    const beam = this.extra("beam", this.beamLight > 0, "beam", 0, -LANTERN_HEIGHT);
    if (beam === null) return;
    const turn =
      this.stage.calm || !leads ? (this.stage.calm ? this.turnOffset : null) : this.turnOffset + nowMs / BEAM_TURN_MS;
    if (turn !== null) {
      const angle = turn * Math.PI * 2;
      const alongX = Math.cos(angle);
      const alongY = -Math.sin(angle) * BEAM_SLANT;
      const seen = Math.hypot(alongX, alongY);
      const reach = BEAM_REACH * this.scale * seen;
      const from = { x: this.foot.x, y: this.foot.y - LANTERN_HEIGHT * this.scale };
      const clear =
        cut === null ? reach : cut.clearPx(from, alongX / seen, alongY / seen, reach, FOG_LEAD * this.stage.unit);
      const size = this.stage.marks.scaleFor(this.scale);
      beam
        .setRotation(Math.atan2(alongY, alongX))
        .setScale(size * seen * Math.max(0.25, clear / reach), size * (0.75 + 0.25 * seen));
    }
    beam.setAlpha(this.beamLight);
  }

  private turnMark(): void {
    const state = this.state;
    if (state === null) return;
    const mark = state.standing === "up" ? towerMark(state.lamp, this.courses) : `tower-${state.standing}`;
    if (mark === this.mark) return;
    this.mark = mark;
    this.stage.marks.turnInto(this.tower, mark);
  }

  /** Shows or hides one of the marks around the tower; it is made when it is first needed. */
  private extra(slot: string, wanted: boolean, mark: string, dx = 0, dy = 0): Phaser.GameObjects.Image | null {
    let image = this.extras.get(slot);
    if (image === undefined) {
      if (!wanted) return null;
      image = this.stage.marks.image(this.stage.layers[slot === "beam" ? "light" : "towers"], mark, this.scale);
      image.setPosition(this.foot.x + dx * this.scale, this.foot.y + dy * this.scale);
      if (slot === "beam" && this.stage.palette.theme === "night") image.setBlendMode("ADD");
      if (slot === "ring") this.stage.layers.towers.moveBelow(image, this.tower);
      this.extras.set(slot, image);
    }
    if (wanted && image.frame.name !== mark) this.stage.marks.turnInto(image, mark);
    return image.setVisible(wanted);
  }
}
