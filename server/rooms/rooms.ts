import { matchMaker } from "colyseus";
import { GameRoom } from "./gameRoom.ts";
import type { House } from "./house.ts";
import { MODES } from "./mode.ts";

/** Tells Colyseus how to make each kind of room in this house. */
export function defineRooms(house: House): void {
  for (const mode of MODES) {
    matchMaker.defineRoomType(
      mode,
      class extends GameRoom {
        constructor() {
          super(house, mode);
        }
      },
    );
  }
}

/** A live room of this process by its code. */
export function liveRoom(code: string): GameRoom | undefined {
  const room = matchMaker.getLocalRoomById(code);
  return room instanceof GameRoom ? room : undefined;
}

/** How many rooms and players this process carries now. */
export function load(): { readonly rooms: number; readonly players: number } {
  const { roomCount, ccu } = matchMaker.stats.local;
  return { rooms: roomCount, players: ccu };
}
