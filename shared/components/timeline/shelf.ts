import type { ProcessId } from "../../sim/process.ts";
import type { Ledgered } from "../durable.ts";

/** A post on its way: its number, which orders it among all, and when it was accepted by the clock of the node that did. */
export interface Post {
  readonly author: number;
  readonly number: number;
  readonly atUs: number;
}

/** Something that another node has to do, told until it is acknowledged; doing it twice does no harm. */
export type Errand =
  /** Keep a post that was accepted in another zone. */
  | { readonly type: "keep"; readonly post: Post }
  /** Copy posts into the feeds of these readers. */
  | { readonly type: "copy"; readonly posts: readonly Post[]; readonly readers: readonly number[] }
  | { readonly type: "follow"; readonly reader: number; readonly author: number };

/** An errand, and which node it is for. */
export interface Parcel {
  readonly id: string;
  readonly to: ProcessId;
  readonly errand: Errand;
}

/** What a node keeps: posts of its authors, feeds of its readers, who began to follow whom, and what is to be delivered. */
export interface Shelf {
  /** By author, newest last. */
  readonly posts: Map<number, Post[]>;
  /** By reader, the newest posts that were copied there, newest first. */
  readonly feeds: Map<number, number[]>;
  readonly followees: Map<number, number[]>;
  readonly followers: Map<number, number[]>;
  readonly parcels: Map<string, Parcel>;
  /** Posts that were not copied to anybody, because feeds are gathered when read. */
  readonly uncopied: Map<number, Post[]>;
}

/** Something that changes a shelf; its parcels leave once it is on the disk. */
export type ShelfChange =
  | { readonly type: "keep"; readonly post: Post; readonly parcels: readonly Parcel[]; readonly copied: boolean }
  | { readonly type: "copyOld"; readonly author: number; readonly parcels: readonly Parcel[] }
  | { readonly type: "copy"; readonly posts: readonly Post[]; readonly readers: readonly number[] }
  | {
      readonly type: "follow";
      readonly reader: number;
      readonly author: number;
      /** Which of the two ends this node keeps. */
      readonly asReader: boolean;
      readonly asAuthor: boolean;
      readonly parcels: readonly Parcel[];
    }
  | { readonly type: "delivered"; readonly id: string };

/** How a shelf with feeds of this many posts is kept. */
export function shelfRules(newest: number): Ledgered<Shelf, ShelfChange> {
  return {
    empty: () => ({
      posts: new Map(),
      feeds: new Map(),
      followees: new Map(),
      followers: new Map(),
      parcels: new Map(),
      uncopied: new Map(),
    }),
    copy: (shelf) => ({
      posts: copied(shelf.posts),
      feeds: copied(shelf.feeds),
      followees: copied(shelf.followees),
      followers: copied(shelf.followers),
      parcels: new Map(shelf.parcels),
      uncopied: copied(shelf.uncopied),
    }),
    apply: (shelf, change) => apply(shelf, change, newest),
  };
}

function copied<Item>(lists: ReadonlyMap<number, readonly Item[]>): Map<number, Item[]> {
  return new Map([...lists].map(([key, items]) => [key, [...items]]));
}

function apply(shelf: Shelf, change: ShelfChange, newest: number): void {
  switch (change.type) {
    case "keep": {
      const { post } = change;
      const posts = listOf(shelf.posts, post.author);
      if (posts.some(({ number }) => number === post.number)) return;
      posts.push(post);
      posts.sort((a, b) => a.number - b.number);
      if (!change.copied) listOf(shelf.uncopied, post.author).push(post);
      break;
    }
    case "copyOld":
      shelf.uncopied.delete(change.author);
      break;
    case "copy":
      for (const reader of change.readers) {
        const feed = new Set([...listOf(shelf.feeds, reader), ...change.posts.map(({ number }) => number)]);
        shelf.feeds.set(reader, [...feed].sort((a, b) => b - a).slice(0, newest));
      }
      break;
    case "follow":
      if (change.asReader) addTo(listOf(shelf.followees, change.reader), change.author);
      if (change.asAuthor) addTo(listOf(shelf.followers, change.author), change.reader);
      break;
    case "delivered":
      shelf.parcels.delete(change.id);
      return;
  }
  if ("parcels" in change) for (const parcel of change.parcels) shelf.parcels.set(parcel.id, parcel);
}

function addTo(list: number[], one: number): void {
  if (!list.includes(one)) list.push(one);
}

function listOf<Item>(lists: Map<number, Item[]>, key: number): Item[] {
  let list = lists.get(key);
  if (list === undefined) lists.set(key, (list = []));
  return list;
}
