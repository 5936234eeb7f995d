import type * as Phaser from "phaser";
import type { Cargo } from "./boat.ts";
import type { Way } from "./way.ts";

const SINK_MS = 1_500;
/** Wrecks drift apart from where they sank, over this many chart units, so that they can be told apart. */
const WRECKS_ACROSS = 56;
const WRECKS_DOWN = 44;
/** With reduced motion a boat jumps this many times on its way instead of gliding. */
const CALM_STEPS = 4;
/** A boat appears and fades over this part of its way at either end. */
const FADE_SHARE = 0.07;
const GOLDEN = 0.618_034;

/** How a voyage ends: at its goal, turned away there, or sunk on the way. */
export type Fate = "arrives" | "refused" | "lost";

/** What a boat is sent out with. */
export interface Orders {
  readonly way: Way;
  readonly cargo: Cargo;
  readonly retry: boolean;
  readonly fate: Fate;
  /** When it sets out, on the fleet's clock, and how long the whole way takes, in ms. */
  readonly bornMs: number;
  readonly flightMs: number;
  /** Share of the way at which it sinks, where it does. */
  readonly sinksAt: number;
  /** A number of its own, so that boats don't bob in step. */
  readonly swell: number;
}

/** What the sea is like for all boats of a chart. */
export interface SeaState {
  readonly calm: boolean;
  /** CSS pixels per chart unit. */
  readonly unit: number;
}

/** Where a boat is in its life after a step: still under way, just sunk (so that wrecks can be counted), or done. */
export type Step = "sailing" | "sank" | "done";

/**
 * One boat on one voyage. Thousands of these are stepped in every frame, so a step only looks up a sample of its way,
 * and the image is touched only where something changed.
 */
export class Voyage {
  readonly orders: Orders;
  readonly image: Phaser.GameObjects.Image;
  private sunkMs = -1;
  private worn = "";
  private fading = true;

  constructor(image: Phaser.GameObjects.Image, orders: Orders) {
    this.image = image.setVisible(false);
    this.orders = orders;
  }

  /** True for a wreck that has not faded yet. */
  get wrecked(): boolean {
    return this.sunkMs >= 0;
  }

  step(clockMs: number, sea: SeaState): Step {
    const { orders } = this;
    if (this.sunkMs >= 0) return this.fade(clockMs, sea);
    const flown = (clockMs - orders.bornMs) / orders.flightMs;
    if (flown < 0) return "sailing";
    if (flown >= 1) return "done";
    if (orders.fate !== "arrives" && flown >= orders.sinksAt) {
      this.sunkMs = clockMs;
      this.fade(clockMs, sea);
      return "sank";
    }
    this.glide(clockMs, flown, sea);
    return "sailing";
  }

  private glide(clockMs: number, flown: number, sea: SeaState): void {
    const { orders, image } = this;
    const { way } = orders;
    const share = sea.calm ? (Math.floor(flown * CALM_STEPS) + 0.5) / CALM_STEPS : flown;
    const sample = (share * way.xs.length) | 0;
    const afloat = way.afloat[sample] === 1;
    this.wear(afloat ? (orders.retry ? RETRIES : BOATS)[orders.cargo] : LANTERNS[orders.cargo]);
    image.x = way.xs[sample] ?? 0;
    image.y = (way.ys[sample] ?? 0) + (afloat && !sea.calm ? Math.sin(clockMs / 320 + orders.swell) * 0.9 : 0);
    image.flipX = way.leftward[sample] === 1;
    const fading = flown < FADE_SHARE || flown > 1 - FADE_SHARE;
    if (fading || this.fading) image.alpha = Math.min(1, flown / FADE_SHARE, (1 - flown) / FADE_SHARE);
    if (!image.visible) image.visible = true;
    this.fading = fading;
  }

  /** A wreck, or a boat turned away, goes down where it is; on land a lantern goes out. */
  private fade(clockMs: number, sea: SeaState): Step {
    const { orders, image } = this;
    const { way } = orders;
    const sunk = (clockMs - this.sunkMs) / SINK_MS;
    if (sunk >= 1) return "done";
    const sample = Math.min(way.xs.length - 1, (orders.sinksAt * way.xs.length) | 0);
    const afloat = way.afloat[sample] === 1;
    this.wear(afloat ? (orders.fate === "lost" ? "wreck" : "refused") : "snuffed");
    const spread = afloat ? sea.unit : sea.unit * 0.3;
    image.x = (way.xs[sample] ?? 0) + (((orders.swell * GOLDEN) % 1) - 0.5) * WRECKS_ACROSS * spread;
    image.y =
      (way.ys[sample] ?? 0) + ((orders.swell * 0.414_214) % 1) * WRECKS_DOWN * spread + (sea.calm ? 0 : sunk * 5);
    image.flipX = false;
    image.setAlpha(Math.min(1, (1 - sunk) * 2.5)).setVisible(true);
    return "sailing";
  }

  private wear(mark: string): void {
    if (this.worn === mark) return;
    this.worn = mark;
    this.image.setFrame(mark, false, false);
  }
}

const BOATS: Readonly<Record<Cargo, string>> = { read: "boat-read", write: "boat-write", log: "boat-log" };
const RETRIES: Readonly<Record<Cargo, string>> = { read: "retry-read", write: "retry-write", log: "retry-log" };
const LANTERNS: Readonly<Record<Cargo, string>> = { read: "lantern-read", write: "lantern-write", log: "lantern-log" };
