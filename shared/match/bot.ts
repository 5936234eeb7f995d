import type { Level } from "../level/schema.ts";
import type { Intent } from "./intent.ts";
import { PolicyPlayer } from "./policy.ts";
import { verbOf } from "./verbs/registry.ts";
import type { View } from "./view.ts";

/** A bot looks at its screen this often, in ticks: twice a second, slower than a wide-awake person. */
const EVERY_TICKS = 10;

/**
 * Plays an empty seat through the same door as people: it sees the seat's view, and asks for what the level's reference
 * policy would do with the verbs of the seat's roles. Nothing it knows comes from elsewhere.
 */
export class Bot {
  readonly #operator: number;
  readonly #player: PolicyPlayer;
  readonly #queue: Intent[] = [];
  #ticks = 0;

  constructor(level: Level, operator: number) {
    this.#operator = operator;
    this.#player = new PolicyPlayer(level, level.policies["reference"] ?? []);
  }

  /** The seat's wish was refused: the bot asks again while the reason for it lasts. */
  refused(intent: Intent): void {
    this.#player.askAgain(intent);
  }

  /** What the seat asks for now, if anything; call once a tick. */
  think(view: View): Intent | undefined {
    if (this.#ticks++ % EVERY_TICKS === 0) {
      const { roles } = view.operators[this.#operator]!;
      for (const intent of this.#player.think(view)) {
        const { role } = verbOf(intent.verb);
        if (role === null || roles.includes(role)) this.#queue.push(intent);
      }
    }
    return this.#queue.shift();
  }
}
