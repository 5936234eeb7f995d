import { isRefusal } from "../../shared/core/refusal.ts";
import { RollingHash } from "../../shared/core/hash.ts";
import { exp, ln, normalQuantile, pow } from "../../shared/core/maths.ts";
import { RandomStreams } from "../../shared/core/random.ts";
import { parseLevel } from "../../shared/level/parse.ts";
import { Bot } from "../../shared/match/bot.ts";
import { Match } from "../../shared/match/match.ts";
import { ROLES } from "../../shared/match/roles.ts";

const bits = new DataView(new ArrayBuffer(8));

function addBits(hash: RollingHash, value: number): void {
  bits.setFloat64(0, value);
  hash.add(bits.getUint32(0));
  hash.add(bits.getUint32(4));
}

/** Hash over every bit of our own logarithm, exponential, power and normal quantile at `count` places. */
export function mathsDigest(count: number): string {
  const hash = new RollingHash();
  const stream = new RandomStreams("same everywhere").stream("places", "maths");
  for (let i = 0; i < count; i++) {
    const u = stream();
    addBits(hash, ln(u * 1e6 + 1e-9));
    addBits(hash, exp(u * 60 - 30));
    addBits(hash, pow(u * 100, u * 4 - 2));
    addBits(hash, normalQuantile(u));
  }
  return hash.digest();
}

/** What is left of a match that a bot played to the end: the hash of its whole state, and all that the debrief tells. */
export function matchDigest(levelFile: string, path: string, seed: string): { hash: string; debrief: string } {
  const level = parseLevel(levelFile, path);
  if (isRefusal(level)) throw new Error(level.sentence);
  const match = new Match(level, seed, [{ name: "Robin", roles: ROLES }]);
  const bot = new Bot(level, 0);
  while (!match.over) {
    const intent = bot.think(match.view(0));
    if (intent !== undefined) match.intend(0, intent);
    match.advance();
  }
  return { hash: match.stateHash(), debrief: JSON.stringify(match.debrief()) };
}
