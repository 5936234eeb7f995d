import { describe, expect, test } from "vitest";
import type { Protocol } from "../../shared/protocols/protocol.ts";
import { protocols } from "../../shared/protocols/registry.ts";
import { CLIENTS, Clients } from "../protocols/clients.ts";
import { Cluster } from "../protocols/cluster.ts";
import { endTroubles, trouble, TROUBLES } from "../protocols/troubles.ts";
import { FOUL_WEATHER } from "../protocols/weather.ts";

/** A message that came to a replica, and from whom to whom. */
interface Heard {
  readonly from: number;
  readonly to: number;
  readonly message: { readonly type: string };
}

/** Everything that replicas of a protocol hear in some seconds of foul weather. */
function heardInFoulWeather(protocol: Protocol<unknown, unknown>, seed: string): Heard[] {
  const heard: Heard[] = [];
  const listening: Protocol<unknown, unknown> = {
    ...protocol,
    receive(state, io, from, message) {
      heard.push({ from, to: io.self, message: message as Heard["message"] });
      protocol.receive(state, io, from, message);
    },
  };
  const stop = protocol.stops.at(-1)!;
  const config = { stop, readQuorum: 2, writeQuorum: 2, antiEntropyMs: 200, snapshotEvery: 20, reads: "follower" } as const;
  const cluster = new Cluster({ protocol: listening, replicas: 3, seed, config, weather: FOUL_WEATHER });
  const clients = new Clients(cluster, { ...CLIENTS, seed, kinds: protocol.name === "gossip" ? ["read", "write"] : ["read", "write", "cas"] });
  trouble(cluster, seed, { troubles: TROUBLES, forMs: 4_000 });
  cluster.run(4_000);
  endTroubles(cluster);
  cluster.run(1_000);
  expect(clients.history().length).toBeGreaterThan(100);
  return heard;
}

describe.each(Object.values(protocols).filter(({ name }) => name !== "single"))("what $name says", (entry) => {
  const protocol: Protocol<unknown, unknown> = entry;
  const { telling } = protocol;
  const heard = ["1", "2", "3"].flatMap((seed) => heardInFoulWeather(protocol, seed));

  test("is told in a few words, whatever is said", () => {
    expect(heard.length).toBeGreaterThan(200);
    for (const { message } of heard) {
      const told = telling.describe(message);
      expect(told, message.type).toMatch(/^\S.{1,58}\S$/);
      expect(told, message.type).not.toMatch(/undefined|NaN|null|\[object/);
    }
  });

  test("carries writes when it is drawn as replication, and only then", () => {
    const operations = Array.from({ length: 100 }, (_, operation) => ({ operation, key: operation % 8 }));
    const carriers = heard.filter(({ message }) => operations.some((write) => telling.carries(message, write)));
    expect(carriers.length).toBeGreaterThan(20);
    for (const { message } of carriers) expect(protocol.payload(message), telling.describe(message)).toBeGreaterThan(0);
  });

  test("is answered: to most of what carries a write comes an answer", () => {
    const carriers = heard.filter(({ message }) => protocol.payload(message) > 0);
    const answered = carriers.filter(({ from, to, message }) =>
      heard.some((other) => other.from === to && (other.to === from || protocol.name === "chain") && telling.answers(other.message, message)),
    );
    expect(carriers.length).toBeGreaterThan(20);
    expect(answered.length).toBeGreaterThan(carriers.length / 2);
  });
});
