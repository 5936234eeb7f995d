import type { Stream } from "../../core/random.ts";
import { msOf, usOf, type Us } from "../../core/time.ts";
import { STAGE } from "../../sim/journeys.ts";
import type { Request } from "../../sim/message.ts";
import type { ProcessId } from "../../sim/process.ts";
import type { Standing } from "../endpoint.ts";
import { TimelineDelivery, type Next } from "./delivery.ts";
import { copiesOnWrite, homeOf, homesOf, type TimelineMessage, type TimelinePlan } from "./plan.ts";
import type { Errand, Parcel, Post } from "./shelf.ts";

/** Feeds that one job copies posts into: more would keep a worker from reads for long. */
const FEEDS_PER_JOB = 32;

/** A read that waits for other nodes. */
interface Gathering {
  readonly request: Request;
  readonly found: Set<number>;
  missing: number;
}

/** Work for the CPU: copying posts into feeds, or looking up authors for a read elsewhere. */
type Chore =
  | {
      readonly type: "copy";
      readonly from: ProcessId;
      readonly id: string;
      readonly posts: readonly Post[];
      readonly readers: readonly number[];
      readonly next: number;
    }
  | { readonly type: "lookUp"; readonly from: ProcessId; readonly read: number; readonly authors: readonly number[] };

/** One node of a timeline: in its zone it keeps some users, their posts as authors and their feeds as readers. */
export class TimelineNode extends TimelineDelivery {
  readonly #luck: Stream;
  readonly #gatherings = new Map<number, Gathering>();
  #reads = 0;
  /** Copies into feeds that wait for the CPU, and the age of the last one made. */
  #backlog = 0;
  #lagMs = 0;

  constructor(standing: Standing, plan: TimelinePlan) {
    super(standing, plan);
    this.#luck = standing.world.streams.stream("service", `${plan.name}/${standing.machine.name}`);
  }

  /** What it can tell of itself: copies that wait, age of the last one, errands that others have not done. */
  gauges(): readonly number[] {
    return [this.#backlog, this.#lagMs, this.shelf.parcels.size];
  }

  protected costUs({ kind, key }: Request): Us {
    if (kind !== "timeline") return this.plan.postCostUs.sample(this.#luck);
    const ownHome = homeOf(this.plan, key, this.machine.zone) === this.self;
    const here = ownHome ? this.#gatheredFrom(key).filter((author) => this.#isHome(author)).length : 0;
    return this.plan.readCostUs.sample(this.#luck) + here * this.plan.perFolloweeUs;
  }

  protected serve(request: Request): void {
    const home = homeOf(this.plan, request.key, this.machine.zone);
    if (home !== this.self) this.passOn(request, home);
    else if (request.kind === "post") this.#post(request);
    else if (request.kind === "follow") this.#follow(request);
    else this.#read(request);
  }

  /** Written here and acknowledged; other zones and all feeds get it afterwards. */
  #post(request: Request): void {
    const post: Post = { author: request.key, number: request.argument!, atUs: this.machine.clockUs() };
    const elsewhere = homesOf(this.plan, post.author).filter((home) => home !== this.self);
    this.reach(request.operation, STAGE.replicating);
    this.#keep(
      post,
      elsewhere.map((to) => this.parcel(to, { type: "keep", post })),
      { type: "ok", request },
    );
  }

  #keep(post: Post, parcels: readonly Parcel[], next: Next): void {
    const copied = copiesOnWrite(this.plan, this.#followersOf(post.author).length);
    const copies = copied ? this.#copiesFor([post], this.#followersOf(post.author)) : [];
    this.write({ type: "keep", post, copied, parcels: [...parcels, ...copies] }, next);
  }

  /** One errand for each node of this zone that keeps some of these readers. */
  #copiesFor(posts: readonly Post[], readers: readonly number[]): Parcel[] {
    const byHome = new Map<ProcessId, number[]>();
    for (const reader of readers) {
      const home = homeOf(this.plan, reader, this.machine.zone);
      byHome.set(home, [...(byHome.get(home) ?? []), reader]);
    }
    return [...byHome].map(([to, some]) => this.parcel(to, { type: "copy", posts, readers: some }));
  }

  #follow(request: Request): void {
    const [reader, author] = [request.key, request.other!];
    const ends = new Set([...homesOf(this.plan, reader), ...homesOf(this.plan, author)]);
    ends.delete(this.self);
    const errand: Errand = { type: "follow", reader, author };
    this.#tie(
      reader,
      author,
      [...ends].map((to) => this.parcel(to, errand)),
      { type: "ok", request },
    );
  }

  /** Notes that a reader follows an author; the author's node has its newest posts copied into the feed. */
  #tie(reader: number, author: number, parcels: readonly Parcel[], next: Next): void {
    const asAuthor = this.#isHome(author);
    const copies = copiesOnWrite(this.plan, this.#followersOf(author).length);
    const old = asAuthor && copies ? (this.shelf.posts.get(author) ?? []).slice(-this.plan.newest) : [];
    const more = old.length > 0 ? this.#copiesFor(old, [reader]) : [];
    const ends = { reader, author, asReader: this.#isHome(reader), asAuthor };
    this.write({ type: "follow", ...ends, parcels: [...parcels, ...more] }, next);
  }

  #isHome(user: number): boolean {
    return homeOf(this.plan, user, this.machine.zone) === this.self;
  }

  #followersOf(author: number): readonly number[] {
    const since = this.shelf.followers.get(author);
    const first = this.plan.graph.followers[author]!;
    return since === undefined ? first : [...new Set([...first, ...since])];
  }

  #followeesOf(reader: number): readonly number[] {
    const since = this.shelf.followees.get(reader);
    const first = this.plan.graph.followees[reader]!;
    return since === undefined ? first : [...new Set([...first, ...since])];
  }

  /** Whom a reader follows whose posts are not copied into its feed. Simplified: every node knows how famous an author is. */
  #gatheredFrom(reader: number): number[] {
    return this.#followeesOf(reader).filter(
      (author) => !copiesOnWrite(this.plan, this.plan.graph.followers[author]!.length),
    );
  }

  /** The feed as it was copied, with the newest posts of whoever is gathered now. */
  #read(request: Request): void {
    const found = new Set(this.shelf.feeds.get(request.key) ?? []);
    const byHome = new Map<ProcessId, number[]>();
    for (const author of this.#gatheredFrom(request.key)) {
      const home = homeOf(this.plan, author, this.machine.zone);
      if (home === this.self) for (const number of this.#newestOf(author)) found.add(number);
      else byHome.set(home, [...(byHome.get(home) ?? []), author]);
    }
    const gathering: Gathering = { request, found, missing: byHome.size };
    if (byHome.size === 0) {
      this.#show(gathering);
      return;
    }
    const read = this.#reads++;
    this.#gatherings.set(read, gathering);
    this.reach(request.operation, STAGE.replicating);
    for (const [home, authors] of byHome) this.say(home, { type: "ask", read, authors });
    this.pause(read, usOf(this.plan.timeoutMs));
  }

  protected override resumed(read: number): void {
    const gathering = this.#gatherings.get(read);
    if (gathering !== undefined && this.#gatherings.delete(read)) this.refuse(gathering.request, "partial");
  }

  #show({ request, found }: Gathering): void {
    this.ok(request, { values: [...found].sort((a, b) => b - a).slice(0, this.plan.newest) });
  }

  #newestOf(author: number): number[] {
    return (this.shelf.posts.get(author) ?? []).slice(-this.plan.newest).map(({ number }) => number);
  }

  protected override heard(from: ProcessId, message: unknown): void {
    const body = message as TimelineMessage;
    if (body.type === "ask") {
      const chore: Chore = { type: "lookUp", from, read: body.read, authors: body.authors };
      this.spend(chore, body.authors.length * this.plan.perFolloweeUs);
    } else if (body.type === "found") this.#found(body.read, body.posts);
    else super.heard(from, body);
  }

  #found(read: number, posts: readonly number[]): void {
    const gathering = this.#gatherings.get(read);
    if (gathering === undefined) return;
    for (const number of posts) gathering.found.add(number);
    gathering.missing -= 1;
    if (gathering.missing > 0) return;
    this.#gatherings.delete(read);
    this.#show(gathering);
  }

  protected override carryOut(errand: Errand, next: Extract<Next, { type: "done" }>): void {
    if (errand.type === "keep") this.#keep(errand.post, [], next);
    else if (errand.type === "follow") this.#tie(errand.reader, errand.author, [], next);
    else {
      this.#backlog += errand.readers.length;
      this.#copy({ type: "copy", from: next.to, id: next.id, posts: errand.posts, readers: errand.readers, next: 0 });
    }
  }

  /** Copies posts into the next few feeds, behind whatever else the CPU has to do; with its queue full, it tries again later. */
  #copy(chore: Extract<Chore, { type: "copy" }>): void {
    const feeds = Math.min(FEEDS_PER_JOB, chore.readers.length - chore.next);
    if (this.spend(chore, feeds * chore.posts.length * this.plan.perFollowerUs)) return;
    this.#backlog -= chore.readers.length - chore.next;
    this.dropped(chore.id);
  }

  protected override worked(subject: unknown): void {
    const chore = subject as Chore;
    if (chore.type === "lookUp") {
      this.say(chore.from, {
        type: "found",
        read: chore.read,
        posts: chore.authors.flatMap((author) => this.#newestOf(author)),
      });
      return;
    }
    const { from, id, posts, readers, next } = chore;
    const some = readers.slice(next, next + FEEDS_PER_JOB);
    const isLast = next + some.length === readers.length;
    this.#backlog -= some.length;
    this.#lagMs = msOf(Math.max(0, this.machine.clockUs() - Math.max(...posts.map(({ atUs }) => atUs))));
    this.write({ type: "copy", posts, readers: some }, isLast ? { type: "done", to: from, id } : null);
    if (!isLast) this.#copy({ ...chore, next: next + some.length });
  }

  /** Copies what was left to reads while feeds were gathered, if they no longer are. */
  protected override due(timer: number): void {
    for (const [author, posts] of this.shelf.uncopied) {
      const followers = this.#followersOf(author);
      if (!copiesOnWrite(this.plan, followers.length)) continue;
      const newest = posts.slice(-this.plan.newest);
      this.write({ type: "copyOld", author, parcels: this.#copiesFor(newest, followers) }, null);
    }
    super.due(timer);
  }

  protected override forget(): void {
    super.forget();
    this.#gatherings.clear();
    this.#backlog = 0;
  }
}
