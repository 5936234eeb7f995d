import { type RequestHandler, Router } from "express";
import { collectDefaultMetrics, Gauge, Registry } from "prom-client";

/** What the server carries now. */
export type Load = () => { readonly rooms: number; readonly players: number };

/**
 * `/metrics` for a Prometheus: rooms, players, and the process's own figures. `nodejs_eventloop_lag_p99_seconds` is the
 * one to watch: above a tick (0.05) matches start to stutter.
 */
export function metrics(load: Load): Router {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const gauges = {
    rooms: new Gauge({ name: "split_brain_rooms", help: "Rooms alive now.", registers }),
    players: new Gauge({ name: "split_brain_players", help: "Players connected now.", registers }),
  };
  const answer: RequestHandler = async (_, response) => {
    const { rooms, players } = load();
    gauges.rooms.set(rooms);
    gauges.players.set(players);
    response.type(registry.contentType).send(await registry.metrics());
  };
  return Router().get("/metrics", answer);
}
