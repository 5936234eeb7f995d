import { applyPatch, difference, type Patch, type Plain } from "./delta.ts";

/** Time between two frames of a film: whole ticks of a match, and as often as flows are collected. */
export const FRAME_MS = 100;
/** Frames of a clip: the first is whole, the others are differences, so a jump applies at most this many less one. */
export const CLIP_FRAMES = 50;

/** Some frames in a row as they are sent and kept: as text, which takes a fraction of the memory of objects. */
export interface Clip {
  readonly frames: number;
  readonly text: string;
}

/** Frames as differences: the first from the film's very first frame, each other from the one before; null when nothing changed. */
type Differences = readonly (Patch | null)[];

/** Takes a film, frame after frame, and hands out a clip as soon as one is full. A frame is plain data and never null. */
export class Camera {
  #first: Plain | undefined;
  #last: Plain | undefined;
  #differences: (Patch | null)[] = [];

  shoot(frame: Plain): Clip | null {
    const begins = this.#differences.length === 0;
    this.#differences.push(difference(begins ? this.#first : this.#last, frame) ?? null);
    this.#first ??= frame;
    this.#last = frame;
    return this.#differences.length === CLIP_FRAMES ? this.cut() : null;
  }

  /** The frames since the last clip, at the end of a film; null when there are none. */
  cut(): Clip | null {
    const frames = this.#differences.length;
    if (frames === 0) return null;
    const text = narrow(JSON.stringify(this.#differences));
    this.#differences = [];
    return { frames, text };
  }
}

/**
 * A film that may still be growing. Frames of one clip are worked out once and kept until another clip is looked at:
 * they share whatever did not change, so this costs little, and going back is as fast as going on.
 */
export class Reel {
  readonly #clips: string[] = [];
  #frames = 0;
  #first: Plain | undefined;
  #open = -1;
  #differences: Differences = [];
  #worked: Plain[] = [];

  /** Frames so far. */
  get frames(): number {
    return this.#frames;
  }

  /** Characters that the clips take: bytes of memory, because each fits into one. */
  get size(): number {
    return this.#clips.reduce((sum, { length }) => sum + length, 0);
  }

  /** Clips come in order, and only the last may have fewer than `CLIP_FRAMES`. */
  add({ frames, text }: Clip): void {
    this.#clips.push(text);
    this.#frames += frames;
  }

  /** A frame; the last one so far when the number is too high. There must be one. */
  at(frame: number): Plain {
    const number = Math.max(0, Math.min(frame, this.#frames - 1));
    this.#turnTo(Math.floor(number / CLIP_FRAMES));
    const wanted = number % CLIP_FRAMES;
    while (this.#worked.length <= wanted) {
      const place = this.#worked.length;
      const before = place === 0 ? this.#first : this.#worked[place - 1];
      const change = this.#differences[place]!;
      this.#worked.push(change === null ? before! : applyPatch(before, change));
    }
    this.#first ??= this.#worked[0]!;
    return this.#worked[wanted]!;
  }

  #turnTo(clip: number): void {
    if (this.#open === clip) return;
    if (this.#first === undefined && clip !== 0) this.at(0);
    this.#open = clip;
    this.#differences = JSON.parse(this.#clips[clip]!) as Differences;
    this.#worked = [];
  }
}

/** JSON without characters beyond Latin-1, so that engines keep it with one byte for each. */
function narrow(json: string): string {
  return json.replace(/[^\0-\xff]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
