import { describe, expect, test } from "vitest";
import { invariant } from "../../shared/core/invariant.ts";
import { RandomStreams } from "../../shared/core/random.ts";
import {
  STOPS,
  type Protocol,
  type StoreAnswer,
  type StoreRequest,
  type Stop,
  type Topology,
} from "../../shared/protocols/protocol.ts";
import { protocols } from "../../shared/protocols/registry.ts";
import { Clients, CLIENTS } from "../protocols/clients.ts";
import { Cluster } from "../protocols/cluster.ts";
import { LoneReplica } from "../protocols/loneReplica.ts";
import { endTroubles, oneOf, promotion, trouble, TROUBLES } from "../protocols/troubles.ts";
import { CONFIG, FOUL_WEATHER } from "../protocols/weather.ts";

/** Zones in a row, 20 ms apart, with clients in each and in one more; replicas stand as given. */
function topology(replicaZones: readonly number[]): Topology {
  const leg = (from: number, to: number): number => 0.5 + 20 * Math.abs(from - to);
  return {
    replicaZones,
    clientZones: [0, 1, 2, 3],
    legMsP50: leg,
    legMsP99: (from, to) => 2 * leg(from, to),
    readMs: 1,
    writeMs: 2,
    syncMs: 3,
    spread: "exponential",
  };
}
const TOPOLOGIES = [[0], [0, 1], [0, 1, 2], [0, 0, 0], [2, 0, 0, 1, 3]].map(topology);

/** Runs a cluster through troubles at a stop, or with a dial that is turned all the time; returns what clients saw. */
function trouble4s(protocol: Protocol<unknown, unknown>, seed: string, stops: readonly Stop[]): Clients {
  const mode = (["sync", "async", "semiSync"] as const)[Number(seed) % 3]!;
  const config = { stop: stops[0]!, mode, readQuorum: 2, writeQuorum: 2 } as const;
  const cluster = new Cluster({ protocol, replicas: 3, seed, config, weather: FOUL_WEATHER });
  cluster.afterEvent = () => {
    for (let replica = 0; replica < cluster.replicas; replica++) assertSaneStatus(cluster, replica);
  };
  const clients = new Clients(cluster, { ...CLIENTS, seed, kinds: ["read", "write", "cas"], attempts: 2 });
  trouble(cluster, seed, { troubles: [...TROUBLES, promotion], forMs: 4_000 });
  const luck = new RandomStreams(seed).stream("dial", "all");
  for (let atMs = 200; atMs < 4_000; atMs += 200) {
    cluster.later(atMs, () => cluster.configure({ stop: oneOf(luck, stops), readQuorum: 1 + (atMs % 3) }));
  }
  cluster.run(4_000);
  endTroubles(cluster);
  cluster.run(2_000);
  return clients;
}

function assertSaneStatus(cluster: Cluster<unknown, unknown>, replica: number): void {
  const { role, term, position, follows } = cluster.status(replica);
  invariant(Number.isInteger(term) && term >= 0, `${role} ${replica} has term ${term}`);
  invariant(Number.isInteger(position) && position >= 0, `${role} ${replica} has position ${position}`);
  invariant(follows >= -1 && follows < cluster.replicas && follows !== replica, `${replica} follows ${follows}`);
}

/** Asks a replica, follows redirects, and gives the answer if there is one within two seconds. */
function ask(cluster: Cluster<unknown, unknown>, replica: number, body: StoreRequest): StoreAnswer | undefined {
  let last: StoreAnswer | undefined;
  const answered = (answer: StoreAnswer): void => {
    if (answer.outcome === "redirect") cluster.ask(answer.to, body, answered);
    else last = answer;
  };
  cluster.ask(replica, body, answered);
  cluster.runUntil(() => last !== undefined, 2_000);
  return last;
}

const READ = { operation: 999, kind: "read", key: 1, argument: null, expected: null, sessionPosition: 0 } as const;

function write(cluster: Cluster<unknown, unknown>, replica: number, value: number): StoreAnswer | undefined {
  return ask(cluster, replica, { ...READ, operation: value, kind: "write", argument: value });
}

function read(cluster: Cluster<unknown, unknown>, replica: number): number | null | undefined {
  const answer = ask(cluster, replica, READ);
  return answer?.outcome === "ok" ? answer.value : undefined;
}

describe.each(Object.entries<Protocol<unknown, unknown>>(protocols))("%s", (name, protocol) => {
  test("is registered under its own name, and says what it is and where it comes from", () => {
    expect(protocol.name).toBe(name);
    expect(protocol.about).toMatch(/\.$/);
    expect(protocol.source.length).toBeGreaterThan(10);
    for (const sentence of protocol.simplified ?? []) expect(sentence).toMatch(/^[A-Z].*\.$/);
  });

  test("offers its stops weakest first, each once", () => {
    const places = protocol.stops.map((stop) => STOPS.indexOf(stop));
    expect(places.length).toBeGreaterThan(0);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(new Set(places).size).toBe(places.length);
  });

  test.each(protocol.stops)("at %s answers no request twice and shows a sane status whatever happens", (stop) => {
    const clients = ["0", "1", "2", "3"].map((seed) => trouble4s(protocol, seed, [stop]));
    for (const one of clients) expect(one.count("ok")).toBeGreaterThan(10);
  });

  test("may have its dial turned at any time", () => {
    for (const seed of ["0", "1", "2", "3"]) {
      expect(trouble4s(protocol, seed, protocol.stops).count("ok")).toBeGreaterThan(10);
    }
  });

  test("is a function of its seed", () => {
    const histories = ["7", "7", "8"].map((seed) => trouble4s(protocol, seed, protocol.stops).history());
    expect(histories[0]).toEqual(histories[1]);
    expect(histories[0]).not.toEqual(histories[2]);
  });

  test("keeps its state as plain data, which can be copied", () => {
    const cluster = new Cluster<unknown, unknown>({ protocol, replicas: 3, seed: "plain" });
    cluster.run(1_000);
    write(cluster, 0, 5);
    for (let replica = 0; replica < 3; replica++) {
      expect(structuredClone(cluster.state(replica))).toEqual(cluster.state(replica));
    }
  });

  test("keeps an acknowledged write through a crash of everybody", () => {
    const cluster = new Cluster<unknown, unknown>({ protocol, replicas: 3, seed: "crash" });
    cluster.run(1_000);
    expect(write(cluster, 0, 5)).toMatchObject({ outcome: "ok" });
    for (let replica = 0; replica < 3; replica++) cluster.crash(replica);
    for (let replica = 0; replica < 3; replica++) cluster.restart(replica);
    cluster.run(2_000);
    expect(read(cluster, 0)).toBe(5);
  });

  test("goes on after a replica that does not lead came back with an empty disk", () => {
    const cluster = new Cluster<unknown, unknown>({ protocol, replicas: 3, seed: "disk" });
    cluster.run(1_000);
    write(cluster, 0, 5);
    cluster.crash(2);
    cluster.restart(2, true);
    cluster.run(2_000);
    expect(read(cluster, 0)).toBe(5);
    expect(write(cluster, 0, 6)).toMatchObject({ outcome: "ok" });
    // A protocol that only promises eventual tells the others later.
    if (!protocol.stops.includes("linearizable")) cluster.run(1_000);
    expect(read(cluster, 2)).toBe(6);
  });

  test("does not take an order that it does not know", () => {
    const replica = new LoneReplica<unknown, unknown>({ protocol, self: 0, replicas: 3 });
    const isTaken = replica.orders({ type: "promote", members: [0, 1, 2] });
    expect(isTaken).toBe(name === "primaryBackup");
  });

  describe.each(TOPOLOGIES)("replicas in zones $replicaZones", (where) => {
    const predictions = protocol.stops.flatMap((stop) =>
      (["async", "semiSync", "sync"] as const).flatMap((mode) =>
        [1, 2, 3].map((readQuorum) => {
          const config = { ...CONFIG, stop, mode, readQuorum, writeQuorum: 2 };
          return { stop, mode, readQuorum, prediction: protocol.predict(where, config) };
        }),
      ),
    );

    test("predicts times and costs that make sense", () => {
      for (const { prediction } of predictions) {
        const { readMsP50, readMsP99, writeMsP50, writeMsP99, readCost, writeCost } = prediction;
        for (const number of [readMsP50, readMsP99, writeMsP50, writeMsP99]) expect(number).toBeGreaterThan(0);
        for (const number of [readMsP99, writeMsP99]) expect(number).toBeLessThan(1_000);
        expect(readMsP99).toBeGreaterThanOrEqual(readMsP50);
        expect(writeMsP99).toBeGreaterThanOrEqual(writeMsP50);
        expect(readCost).toBeGreaterThanOrEqual(1);
        expect(writeCost).toBeGreaterThanOrEqual(1);
      }
    });

    test("never predicts a weaker stop to be slower or to serve less when cut off", () => {
      for (const weaker of predictions) {
        for (const stronger of predictions) {
          const isPair = weaker.mode === stronger.mode && weaker.readQuorum === stronger.readQuorum;
          if (!isPair || STOPS.indexOf(weaker.stop) > STOPS.indexOf(stronger.stop)) continue;
          const [a, b] = [weaker.prediction, stronger.prediction];
          expect(a.readMsP50).toBeLessThanOrEqual(b.readMsP50);
          expect(a.readMsP99).toBeLessThanOrEqual(b.readMsP99);
          expect(a.writeMsP50).toBeLessThanOrEqual(b.writeMsP50);
          expect(a.writeMsP99).toBeLessThanOrEqual(b.writeMsP99);
          expect(a.cutOffReads === "refuses" && b.cutOffReads !== "refuses").toBe(false);
        }
      }
    });
  });
});

test("from sequential up nothing is sold as available on the cut-off side", () => {
  for (const protocol of Object.values<Protocol<unknown, unknown>>(protocols)) {
    for (const stop of protocol.stops.filter((it) => STOPS.indexOf(it) >= STOPS.indexOf("sequential"))) {
      const prediction = protocol.predict(topology([0, 1, 2]), { ...CONFIG, stop });
      expect(prediction).toMatchObject({ cutOffReads: "refuses", cutOffWrites: "refuses" });
    }
  }
});
