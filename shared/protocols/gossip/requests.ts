import { recalled, remember } from "../deduplication.ts";
import type { StoreAnswer, StoreRequest } from "../protocol.ts";
import { actorOf } from "../vectorClock.ts";
import { change } from "./changes.ts";
import { NOBODY, stateOf, typeOf, type Arrival, type GossipIo, type GossipState } from "./state.ts";

/** A read is answered at once, an update once it is on this replica's disk. */
export function receiveRequest(state: GossipState, io: GossipIo, request: number, body: StoreRequest): void {
  if (body.kind === "read") io.answer(request, readHere(state, body.key));
  else if (typeOf(state).takes.includes(body.kind)) arrive(state, io, { type: "update", request, body });
  // Nobody orders the updates here, so nothing that depends on an order is taken, such as a compare-and-set.
  else io.answer(request, { outcome: "refused", reason: "noLeader" });
}

/** A change is to become durable. What comes during a sync shares the next. */
export function arrive(state: GossipState, io: GossipIo, arrival: Arrival): void {
  state.arriving.push(arrival);
  if (state.syncing.length === 0) syncArrivals(state, io);
}

/** A sync ended: the changes that it took along are handed out, to be applied in their order. */
export function finishSync(state: GossipState, io: GossipIo): readonly Arrival[] {
  const durable = state.syncing;
  state.syncing = [];
  if (state.arriving.length > 0) syncArrivals(state, io);
  return durable;
}

/**
 * Applies a client's update. An operation that was applied here before takes no second effect; at another replica it does,
 * and a count that is retried elsewhere counts twice. That takes somebody who orders the updates to prevent.
 */
export function applyUpdate(state: GossipState, io: GossipIo, request: number, body: StoreRequest): void {
  const { operation, kind, key, argument } = body;
  if (recalled(state.answered, operation) === 0) {
    const before = stateOf(state, key);
    const update = { kind, key, argument, actor: actorOf(io.self, state.life), clockUs: io.clockUs() };
    const after = typeOf(state).update(before, update);
    if (after !== before) change(state, key, after, NOBODY);
    remember(state.answered, operation, 1);
  }
  io.answer(request, { outcome: "ok", value: null, position: state.position });
}

/** A set tells its elements. A map is spread over the keys of the store: each key holds its own field, which is one value. */
function readHere(state: GossipState, key: number): StoreAnswer {
  const type = typeOf(state);
  const held = stateOf(state, key);
  const values = state.config.data === "lwwMap" ? null : type.values(held);
  const value = type.value(held);
  return { outcome: "ok", value, position: state.position, ...(values === null ? {} : { values }) };
}

function syncArrivals(state: GossipState, io: GossipIo): void {
  state.syncing = state.arriving;
  state.arriving = [];
  io.sync(0);
}
