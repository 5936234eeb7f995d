import { BalancerConfig } from "./balancer.ts";
import { MonitorConfig } from "./monitor/monitor.ts";
import { ServiceConfig } from "./service.ts";
import { StoreConfig } from "./store/config.ts";

/** Every kind of component that a level may place: what it is in a sentence, and the schema of its lines in a level file. */
export const components = {
  store: { config: StoreConfig, about: "Keeps a register per key on replicas that agree by a protocol; sharded or not." },
  service: { config: ServiceConfig, about: "Does some work and calls stores, with timeout, retries, backoff and jitter." },
  balancer: { config: BalancerConfig, about: "Spreads the requests of a zone's clients over nodes, with health checks, weights and drain." },
  monitor: { config: MonitorConfig, about: "Scrapes machines and probes links from one zone: the operators' eyes." },
} as const;
export type ComponentKind = keyof typeof components;
