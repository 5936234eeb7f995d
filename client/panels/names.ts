import { recall, remember } from "./memory.ts";

/** Names that are offered: short, spoken easily, nobody's own. */
const OFFERED = [
  "Auk",
  "Brant",
  "Cod",
  "Curlew",
  "Dunlin",
  "Eider",
  "Fulmar",
  "Gannet",
  "Grebe",
  "Heron",
  "Ibis",
  "Knot",
  "Limpet",
  "Marlin",
  "Minke",
  "Narwhal",
  "Osprey",
  "Otter",
  "Petrel",
  "Plover",
  "Puffin",
  "Rail",
  "Scoter",
  "Skua",
  "Sole",
  "Stint",
  "Tern",
  "Urchin",
  "Wigeon",
  "Whelk",
] as const;

/** Longest name, in letters, as the server takes it. */
export const NAME_LETTERS_MAX = 16;

/** A name to begin with: the one used last, else one of ours. */
export function offeredName(): string {
  return recall("name") ?? spunName("");
}

/** Another of our names than the one shown. */
export function spunName(shown: string): string {
  const others = OFFERED.filter((name) => name !== shown);
  return others[Math.floor(Math.random() * others.length)]!;
}

/** Keeps a name for the next visit. */
export function keepName(name: string): void {
  remember("name", name);
}
