import { request } from "node:http";
import { connect } from "node:net";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { CloseCodes, JoinRefusals } from "../../shared/wire/room.ts";
import type { Player } from "./player.ts";
import { stage } from "./stage.ts";

const on = stage();
/** Colyseus prints a stack for every frame that it can't read. */
beforeEach(() => void vi.spyOn(console, "error").mockImplementation(() => {}));
const ping = { verb: "ping", at: "n0", word: "look" } as const;
/** First byte of a frame that carries a message, of one with raw bytes, and of one that asks for an answer. */
const [ROOM_DATA, ROOM_DATA_BYTES, ROOM_REQUEST] = [13, 17, 21] as const;

/** Whatever `bad` did, the match has not noticed: it runs on, and the others play. */
async function playsOn(other: Player): Promise<void> {
  const before = other.view!.clockMs;
  await on.clock.wind(1_000);
  await other.until(({ view }) => view!.clockMs >= before + 900);
  expect(await other.ask("intent", ping)).toEqual({ ok: true });
}

function socketOf(player: Player): WebSocket {
  return (player.room.connection.transport as unknown as { readonly ws: WebSocket }).ws;
}

describe("the match goes on, and the sender is told why,", () => {
  test("when an intent does not have its shape", async () => {
    const [ana, bo] = await on.shift();
    const wishes = [
      null,
      7,
      "fence",
      [],
      {},
      { verb: "sink" },
      { verb: "ping" },
      { ...ping, at: "everywhere" },
      { ...ping, extra: 1 },
    ];
    for (const wish of wishes) {
      expect(await bo.ask("intent", wish as object), JSON.stringify(wish)).toMatchObject({
        ok: false,
        code: "badRequest",
        sentence: expect.stringMatching(/^That was not understood \(.+\)\.$/),
      });
    }
    await playsOn(ana);
    await playsOn(bo);
  });

  test("when an intent belongs to another role or names nothing of the level", async () => {
    const [ana, bo] = await on.shift();
    const foreign = ana.view!.verbs.find(({ name, yours }) => !yours && name === "fence");
    expect(foreign, "the level has a verb that the host's roles lack").toBeDefined();
    const wish = { verb: "fence", node: ana.view!.nodes[0]!.name.toLowerCase(), fenced: true };
    expect(await ana.ask("intent", wish)).toMatchObject({ ok: false, sentence: expect.stringMatching(/\.$/) });
    expect(await bo.ask("intent", { ...wish, node: "atlantis" })).toMatchObject({
      ok: false,
      sentence: expect.stringMatching(/\.$/),
    });
    await playsOn(bo);
  });

  test("when other requests do not have their shape", async () => {
    const [ana, bo] = await on.shift();
    const nonsense: [Parameters<Player["ask"]>[0], object][] = [
      ["kick", { seat: -1, undo: false }],
      ["kick", { seat: 1 }],
      ["swap", { a: 0, b: 99 }],
      ["lock", { locked: "yes" }],
      ["ready", {}],
      ["start", { now: true }],
    ];
    for (const [name, payload] of nonsense)
      expect(await ana.ask(name, payload), name).toMatchObject({ code: "badRequest" });
    await playsOn(bo);
  });

  test("when a request has a name that nobody knows", async () => {
    const [ana, bo] = await on.shift();
    await expect(ana.room.request("scuttle", {})).rejects.toThrow();
    for (const name of ["constructor", "__proto__", "toString", "*"]) ana.room.send(name, { a: 1 });
    await ana.until(({ errors }) => errors.length >= 4);
    expect(ana.errors[0]).toBe("There is no such request.");
    await playsOn(ana);
    await playsOn(bo);
  });

  test("when somebody asks too fast: first a refusal, then the door; the seat is kept", async () => {
    const [ana, bo] = await on.shift();
    const answers = await Promise.all(Array.from({ length: 60 }, () => bo.ask("intent", ping)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(40);
    expect(answers.at(-1)).toMatchObject({ ok: false, code: "tooFast" });
    await on.clock.wind(1_000);
    expect(await bo.ask("intent", ping)).toEqual({ ok: true });
    for (let more = 0; more < 80; more += 1) bo.room.send("intent", ping);
    await bo.until(({ ending }) => ending !== null);
    expect(bo.ending!.code).toBe(CloseCodes.tooFast);
    await playsOn(ana);
    expect((await on.join(ana.crew.code, { seat: bo.ticket!.token })).me.name).toBe("Bo");
  });
});

describe("the match goes on, and the sender loses the socket but not the seat,", () => {
  test("when a message is larger than eight kilobytes", async () => {
    const [ana, bo] = await on.shift();
    bo.room.send("intent", { ...ping, word: "x".repeat(9_000) });
    await bo.until(({ ending }) => ending !== null);
    expect(bo.ending!.code).toBe(1_009);
    await playsOn(ana);
    expect((await on.join(ana.crew.code, { seat: bo.ticket!.token })).me.name).toBe("Bo");
  });

  test("when frames can't be parsed: cut short, random or lying about their length", async () => {
    const [ana, bo] = await on.shift();
    const packed = [0x81, 0xa4, ...Buffer.from("verb"), 0xa4, ...Buffer.from("ping")];
    const frames: number[][] = [
      [],
      [ROOM_DATA],
      [ROOM_REQUEST],
      [ROOM_REQUEST, 1],
      [ROOM_DATA, 0xbf, 65],
      [ROOM_DATA, 0xdb, 255, 255, 255, 127, 65],
      [ROOM_REQUEST, 1, 0xa6, ...Buffer.from("intent"), 0xc1, 0xff],
      [ROOM_REQUEST, 0xcf, 255, 255, 255, 255, 255, 255, 255, 255, 0xa6, ...Buffer.from("intent"), ...packed],
      [ROOM_DATA, 0xa6, ...Buffer.from("intent"), 0xdd, 255, 255, 255, 255],
    ];
    let state = 1;
    const random = (): number => (state = (state * 48_271) % 2_147_483_647) & 255;
    for (let length = 1; length < 60; length += 1) {
      for (const kind of [ROOM_DATA, ROOM_DATA_BYTES, ROOM_REQUEST])
        frames.push([kind, ...Array.from({ length }, random)]);
    }
    let player = bo;
    for (const frame of frames) {
      if (player.ending !== null || socketOf(player).readyState !== WebSocket.OPEN) {
        player = await on.join(ana.crew.code, { seat: bo.ticket!.token, takeOver: true });
      }
      socketOf(player).send(new Uint8Array(frame));
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
    await playsOn(ana);
    const back = await on.join(ana.crew.code, { seat: bo.ticket!.token, takeOver: true });
    expect(back.me.name).toBe("Bo");
  });
});

describe("whoever wants in the wrong way", () => {
  const post = (path: string, body: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`http://127.0.0.1:${on.app.port}${path}`, { method: "POST", body, headers });

  test("from another site's page is refused at both doors", async () => {
    const foreign = { Origin: "https://elsewhere.example" };
    const response = await post("/matchmake/create/shift", "{}", foreign);
    expect(response.status).toBe(JoinRefusals.foreignOrigin);
    expect(response.headers.get("access-control-allow-origin")).toBeNull();
    const own = await post("/matchmake/create/shift", "{}", { Origin: `http://127.0.0.1:${on.app.port}` });
    const { processId, roomId, sessionId } = (await own.json()) as Record<string, string>;
    const status = (headers: Record<string, string>): Promise<number> =>
      new Promise((resolve, reject) => {
        const upgrade = { Connection: "Upgrade", Upgrade: "websocket", "Sec-WebSocket-Version": "13" };
        const key = { "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==" };
        const path = `/${processId}/${roomId}?sessionId=${sessionId}`;
        const asked = request({
          port: on.app.port,
          host: "127.0.0.1",
          path,
          headers: { ...upgrade, ...key, ...headers },
        });
        asked.on("response", ({ statusCode }) => resolve(statusCode!));
        asked.on("upgrade", (_, socket) => {
          socket.destroy();
          resolve(101);
        });
        asked.on("error", reject).end();
      });
    expect(await status(foreign)).toBe(403);
    expect(await status({ Origin: `http://127.0.0.1:${on.app.port}` })).toBe(101);
  });

  test("with a body that is no JSON, too large or of the wrong shape is told so", async () => {
    expect((await post("/matchmake/create/shift", "{")).status).toBe(400);
    expect((await post("/matchmake/create/shift", JSON.stringify({ name: "x".repeat(5_000) }))).status).toBe(400);
    const answer = await post("/matchmake/create/shift", JSON.stringify({ name: "a name of many letters" }));
    expect(await answer.json()).toEqual({ code: 400, error: "A name has at most 16 letters." });
  });

  test("can neither create a room of a made-up kind or level, nor use Colyseus' other ways in", async () => {
    expect((await post("/matchmake/create/cup", "{}")).status).toBe(400);
    expect((await post("/matchmake/create/shift", JSON.stringify({ level: "atlantis" }))).status).toBe(400);
    for (const method of ["joinOrCreate/shift", "join/shift", "reconnect/KELP-472"]) {
      expect((await post(`/matchmake/${method}`, "{}")).status, method).toBe(400);
    }
  });

  test("can't forge what a room is made of: unknown options are dropped", async () => {
    const forged = { name: "Ana", mode: "solo", code: "KELP-001", unfinished: {}, sessionId: "mine" };
    const answer = await post("/matchmake/create/shift", JSON.stringify(forged));
    const { roomId, sessionId } = (await answer.json()) as Record<string, string>;
    expect(roomId).not.toBe("KELP-001");
    expect(sessionId).not.toBe("mine");
    const room = await (await fetch(`http://127.0.0.1:${on.app.port}/api/rooms/${roomId}`)).json();
    expect(room).toMatchObject({ mode: "shift" });
  });

  test("with an upgrade that no URL parser likes is shown the door, and the server stands", async () => {
    for (const path of [":99999/x?y=1", "//", "/a/b?%", "/%zz/%zz?x=%", "http://["]) {
      await new Promise<void>((resolve) => {
        const socket = connect(on.app.port, "127.0.0.1", () => {
          socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n`);
          socket.write("Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        });
        socket.on("error", () => {});
        socket.on("data", () => socket.destroy());
        socket.on("close", () => resolve());
      });
    }
    expect((await fetch(`http://127.0.0.1:${on.app.port}/healthz`)).status).toBe(200);
  });
});
