import type { Operation } from "../../history/operation.ts";
import { ClientView } from "./clientView.ts";
import type { Clash, Searches } from "./viewOrder.ts";
import type { ViewModel } from "./viewModel.ts";
import { ViewWrite } from "./viewWrite.ts";

/** What a client did, as far as it comes before what the client writes next: for everybody. */
interface Client {
  readonly view: ClientView;
  /** The newest of its writes that all later ones come after. */
  after: ViewWrite | undefined;
  /** What it has read since, each value once in a row, and the ids of these reads. */
  saw: ViewWrite[];
  readBy: number[];
}

/** An answer that leaves a client without an order. */
export interface Broken extends Clash {
  readonly view: ClientView;
}

/** The views of all clients of one component under a model, kept up to date answer by answer. */
export class Views {
  readonly #model: ViewModel;
  readonly #clients = new Map<number, Client>();
  readonly #searches: Searches = { begun: 0 };
  #writes = 0;
  /** The cas that was being told of when a view broke. */
  #told: ViewWrite | undefined;

  constructor(model: ViewModel) {
    this.#model = model;
  }

  /** A client read a value. Undefined while its view has an order; otherwise `takeBack` once the clash has been told. */
  read({ session, id }: Operation, seen: ViewWrite): Broken | undefined {
    const client = this.#clientOf(session);
    this.#hear(seen);
    const clash = client.view.sees(seen, id);
    if (clash !== undefined) return { ...clash, view: client.view };
    client.view.settle();
    if (this.#model.readsBeforeWrites && !seen.isInitial && client.saw.at(-1) !== seen) {
      client.saw.push(seen);
      client.readBy.push(id);
    }
    return undefined;
  }

  /** A client replaced a value by its own in one step. `Broken` may be about the view of another who saw that already. */
  swapped({ session, id }: Operation, seen: ViewWrite, own: ViewWrite): Broken | undefined {
    const { view } = this.#clientOf(session);
    this.#hear(seen);
    this.#hear(own);
    const clash = view.swaps(seen, id, own);
    if (clash !== undefined) return { ...clash, view };
    const broken = this.#model.readsBeforeWrites && !seen.isInitial ? this.#tellOthers(seen, own) : undefined;
    if (broken === undefined) view.settle();
    return broken;
  }

  /** Takes back the answer that broke a view. */
  takeBack(): void {
    for (const { view } of this.#clients.values()) view.takeBack();
    this.#told?.before.pop();
    this.#told?.readBy.pop();
    this.#told = undefined;
  }

  /** A client was told that what it wrote is there. */
  wrote({ session, kind }: Operation, own: ViewWrite): void {
    this.#hear(own);
    const client = this.#clientOf(session);
    const isCas = kind === "cas";
    if (isCas || this.#model.ownWritesInLine) client.view.wrote(own, isCas);
    if (isCas || this.#model.writesInOrder) goOnFrom(client, own);
  }

  /** A cas said what can't be: what it wrote may be there, and from no certain place of its client's line on. */
  blamed(own: ViewWrite): void {
    this.#hear(own);
    own.floor = this.#floorOf(this.#clientOf(own.session));
  }

  /** The first time that a write is heard of tells what comes before it: its client has done nothing since it asked. */
  #hear(write: ViewWrite): void {
    if (write.number >= 0 || write.isInitial) return;
    const client = this.#clientOf(write.session);
    const { readsBeforeWrites, writesInOrder } = this.#model;
    if (readsBeforeWrites && !writesInOrder && client.saw.length > 0) {
      // Writes in no order share what was read before them: a mark in the line of the client stands for it.
      const mark = new ViewWrite(-1);
      this.#number(mark, client);
      goOnFrom(client, mark);
    }
    this.#number(write, client);
    write.floor = this.#floorOf(client);
  }

  /** Where the line stands after which a client's next write comes in its own view. */
  #floorOf({ view }: Client): number {
    const { readsBeforeWrites, ownWritesInLine } = this.#model;
    return readsBeforeWrites || ownWritesInLine ? view.at : 0;
  }

  #number(write: ViewWrite, { after, saw, readBy }: Client): void {
    write.number = this.#writes++;
    write.before = after === undefined ? [...saw] : [after, ...saw];
    write.readBy = after === undefined ? [...readBy] : [-1, ...readBy];
  }

  /** A cas comes after what it saw, for those too who had seen what it wrote before it was answered. */
  #tellOthers(seen: ViewWrite, own: ViewWrite): Broken | undefined {
    own.before.push(seen);
    own.readBy.push(own.write);
    for (const { view } of this.#clients.values()) {
      if (view.order.slotOf(own) === 0) continue;
      const clash = view.order.putBefore(seen, own);
      if (clash === undefined) continue;
      this.#told = own;
      return { ...clash, view };
    }
    for (const { view } of this.#clients.values()) view.settle();
    return undefined;
  }

  #clientOf(session: number): Client {
    let client = this.#clients.get(session);
    if (client === undefined) {
      client = { view: new ClientView(session, this.#searches), after: undefined, saw: [], readBy: [] };
      this.#clients.set(session, client);
    }
    return client;
  }
}

/** All that the client writes from now on comes after this. */
function goOnFrom(client: Client, write: ViewWrite): void {
  client.after = write;
  client.saw = [];
  client.readBy = [];
}
