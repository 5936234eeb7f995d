import type { Point } from "../pieces/curve.ts";

const HOLD_MS = 450;
const STILL_PX = 9;

/** What the hand did on the chart. */
export interface Gestures {
  /** A tap or click. */
  tap(at: Point): void;
  /** A press held in place, or a click with the second button. */
  hold(at: Point): void;
  /** The pointer moved over the chart without a button. */
  hover(at: Point): void;
}

/** Tells taps from holds on an element, for mouse, touch and pen alike. Answers how to stop listening. */
export function watchPointer(element: HTMLElement, gestures: Gestures): () => void {
  let pressed: { at: Point; pointer: number } | null = null;
  let timer = 0;
  /** A finger's hold also opens the browser's menu: it counts once. */
  let held = false;
  const where = (event: MouseEvent): Point => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const release = (): void => {
    window.clearTimeout(timer);
    pressed = null;
  };
  const down = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    held = false;
    const at = where(event);
    pressed = { at, pointer: event.pointerId };
    window.clearTimeout(timer);
    timer = window.setTimeout(() => {
      release();
      held = true;
      gestures.hold(at);
    }, HOLD_MS);
  };
  const move = (event: PointerEvent): void => {
    const at = where(event);
    if (pressed === null) gestures.hover(at);
    else if (Math.hypot(at.x - pressed.at.x, at.y - pressed.at.y) > STILL_PX) release();
  };
  const up = (event: PointerEvent): void => {
    const tapped = pressed !== null && pressed.pointer === event.pointerId;
    release();
    if (tapped) gestures.tap(where(event));
  };
  const menu = (event: MouseEvent): void => {
    event.preventDefault();
    release();
    if (!held) gestures.hold(where(event));
    held = false;
  };
  element.style.touchAction = "manipulation";
  element.style.userSelect = "none";
  element.addEventListener("pointerdown", down);
  element.addEventListener("pointermove", move);
  element.addEventListener("pointerup", up);
  element.addEventListener("pointercancel", release);
  element.addEventListener("pointerleave", release);
  element.addEventListener("contextmenu", menu);
  return () => {
    release();
    element.removeEventListener("pointerdown", down);
    element.removeEventListener("pointermove", move);
    element.removeEventListener("pointerup", up);
    element.removeEventListener("pointercancel", release);
    element.removeEventListener("pointerleave", release);
    element.removeEventListener("contextmenu", menu);
  };
}
