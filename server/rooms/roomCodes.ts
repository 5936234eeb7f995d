import { randomInt } from "node:crypto";

/**
 * Four-letter words of the shore that are spelled as they are heard across a room, and that sound like no other of the
 * list: no PIER (peer), no TIDE (tied), no BUOY.
 */
const WORDS = [
  "BOAT",
  "CAPE",
  "CLAM",
  "CORK",
  "COVE",
  "CRAB",
  "CREW",
  "DECK",
  "DOCK",
  "DUNE",
  "EDDY",
  "FISH",
  "FOAM",
  "GLOW",
  "GULF",
  "GULL",
  "HELM",
  "KELP",
  "LAKE",
  "LAMP",
  "LOON",
  "MAST",
  "MIST",
  "MOON",
  "PORT",
  "RAFT",
  "REEF",
  "ROCK",
  "ROPE",
  "SALT",
  "SAND",
  "SEAL",
  "SHIP",
  "SILT",
  "SURF",
  "SWAN",
  "TUNA",
  "WIND",
] as const;

/** A spoken code that no live room has, such as KELP-472: one of 34,200. */
export function newRoomCode(isTaken: (code: string) => boolean): string {
  for (;;) {
    const code = `${WORDS[randomInt(WORDS.length)]}-${randomInt(100, 1_000)}`;
    if (!isTaken(code)) return code;
  }
}
