import { z } from "zod";
import { balancer } from "./balancer.ts";
import { cache } from "./cache/cache.ts";
import type { ComponentKind } from "./component.ts";
import { cqrs } from "./cqrs/cqrs.ts";
import { eventStore } from "./eventStore/eventStore.ts";
import { gateway } from "./gateway.ts";
import { ledger } from "./ledger/ledger.ts";
import { membership } from "./membership/membership.ts";
import { monitor } from "./monitor/monitor.ts";
import { objectStore } from "./objectStore/objectStore.ts";
import { partner } from "./partner.ts";
import { projection } from "./projection/projection.ts";
import { queue } from "./queue/queue.ts";
import { saga } from "./saga/saga.ts";
import { service } from "./service/service.ts";
import type { Built } from "./site.ts";
import { store } from "./store/store.ts";
import { table } from "./table/table.ts";
import { timeline } from "./timeline/timeline.ts";
import { worker } from "./worker/worker.ts";

/** Every kind of component that a level may place. */
export const components = {
  store,
  service,
  cache,
  gateway,
  partner,
  balancer,
  membership,
  queue,
  worker,
  table,
  ledger,
  saga,
  timeline,
  projection,
  eventStore,
  objectStore,
  cqrs,
  monitor,
};
export type ComponentName = keyof typeof components;

/** A component that was built, of any kind. */
export type Component = ReturnType<(typeof components)[ComponentName]["build"]>;

type AnyConfig = (typeof components)[ComponentName]["config"];

/** The lines of any component in a level file. */
export const ComponentConfig = z.discriminatedUnion(
  "kind",
  Object.values(components).map(({ config }) => config) as unknown as readonly [AnyConfig, ...AnyConfig[]],
);
export type ComponentConfig = z.infer<AnyConfig>;

/** A kind whose own types are forgotten. */
export type AnyKind = ComponentKind<{ readonly kind: string }, Built>;

/** The kind of a name, for lines that its own schema has already read. */
export function componentOf(kind: ComponentName): AnyKind {
  return components[kind];
}

export const KINDS = Object.values(components) as unknown as readonly AnyKind[];
