import { describe, expect, test } from "vitest";
import { CloseCodes, JoinRefusals } from "../../shared/wire/room.ts";
import { stage } from "./stage.ts";

const on = stage();

describe("a seat", () => {
  test("is the same after a refresh: same place, name and roles, and the whole view at once", async () => {
    const [ana, bo] = await on.shift();
    await bo.ask("intent", { verb: "ping", at: "n0", word: "look" });
    await on.clock.wind(1_000);
    await bo.drop();
    const back = await on.join(ana.crew.code, { seat: bo.ticket!.token, takeOver: true });
    await back.until(({ view }) => view !== null);
    expect(back.me).toMatchObject({ name: "Bo", roles: ["traffic", "infra"], connected: true, bot: false });
    expect(back.view).toMatchObject({ you: 1, phase: "running" });
    expect(back.view!.clockMs).toBeGreaterThanOrEqual(1_000);
    expect(back.crew.seats).toHaveLength(2);
  });

  test("is played by a bot when its player is away for three seconds, and given back when they return", async () => {
    const [ana, bo] = await on.shift();
    await bo.drop();
    await ana.until(({ crew }) => crew.seats[1]?.connected === false);
    expect(ana.crew.seats[1]).toMatchObject({ name: "Bo", bot: false });
    await on.clock.wind(4_000);
    await ana.until(({ crew }) => crew.seats[1]?.bot === true);
    await ana.until(({ view }) => view?.operators[1]?.bot === true);
    const back = await on.join(ana.crew.code, { seat: bo.ticket!.token });
    expect(back.me).toMatchObject({ name: "Bo", bot: false, connected: true });
    await on.clock.wind(200);
    await ana.until(({ view }) => view?.operators[1]?.bot === false);
  });

  test("is held all match: after minutes away it is still the player's own", async () => {
    const [ana, bo] = await on.shift();
    await bo.drop();
    await ana.until(({ crew }) => crew.seats[1]?.connected === false);
    await on.clock.wind(ana.view!.lastsMs * 0.5);
    const back = await on.join(ana.crew.code, { seat: bo.ticket!.token });
    expect(back.crew).toMatchObject({ phase: "match", you: 1 });
    expect(back.me.name).toBe("Bo");
  });

  test("survives a refresh in the lobby and in the debrief, where the debrief is shown again", async () => {
    const ana = await on.host();
    const bo = await on.join(ana.crew.code);
    await bo.drop();
    const inLobby = await on.join(ana.crew.code, { seat: bo.ticket!.token });
    expect([inLobby.crew.you, inLobby.me.name, inLobby.crew.phase]).toEqual([1, "Bo", "lobby"]);
    await on.play(ana, inLobby);
    await ana.ask("endEarly");
    await inLobby.until(({ debrief }) => debrief !== null);
    await inLobby.drop();
    const after = await on.join(ana.crew.code, { seat: bo.ticket!.token });
    await after.until(({ debrief }) => debrief !== null);
    expect(after.crew.phase).toBe("debrief");
    expect(after.debrief).toEqual(ana.debrief);
  });

  test("opens in one tab at a time: a second tab is refused, or takes the seat over when asked to", async () => {
    const [ana, bo] = await on.shift();
    const token = bo.ticket!.token;
    await expect(on.join(ana.crew.code, { seat: token })).rejects.toMatchObject({ code: JoinRefusals.seatTaken });
    expect(bo.ending).toBeNull();
    const second = await on.join(ana.crew.code, { seat: token, takeOver: true });
    await bo.until(({ ending }) => ending !== null);
    expect(bo.ending).toEqual({ code: CloseCodes.takenOver, sentence: "Your seat was taken over in another tab." });
    expect(second.me).toMatchObject({ name: "Bo", connected: true });
    expect(await second.ask("intent", { verb: "ping", at: "n0", word: "here" })).toEqual({ ok: true });
  });

  test("can't be had with a made-up token: that is a newcomer", async () => {
    const ana = await on.host();
    const stranger = await on.join(ana.crew.code, { name: "Ana", seat: "not-a-token" });
    expect(stranger.me).toMatchObject({ name: "Ana 2", host: false });
    expect(stranger.ticket!.token).not.toBe("not-a-token");
  });
});

describe("who joins late", () => {
  test("takes the seat that somebody left, with its roles; the match goes on", async () => {
    const [ana, bo] = await on.shift();
    await bo.room.leave();
    await ana.until(({ crew }) => crew.seats[1]?.bot === true);
    const cy = await on.join(ana.crew.code, { name: "Cy" });
    expect(cy.me).toMatchObject({ name: "Cy", roles: ["traffic", "infra"], bot: false });
    await cy.until(({ view }) => view?.you === 1);
    await on.clock.wind(200);
    await ana.until(({ view }) => view?.operators[1]?.name === "Cy");
    await expect(on.join(ana.crew.code, { seat: bo.ticket!.token, name: "Bo" })).resolves.toMatchObject({
      crew: { you: 2 },
    });
  });

  test("gets the two roles that the fewest hold, and the match is the same match with one operator more", async () => {
    const [ana, bo] = await on.shift();
    await bo.ask("intent", { verb: "ping", at: "n0", word: "before" });
    await on.clock.wind(2_000);
    await bo.until(({ view }) => view!.clockMs >= 2_000);
    const before = bo.view!.clockMs;
    const cy = await on.join(ana.crew.code, { name: "Cy" });
    await cy.until(({ view }) => view !== null);
    expect(cy.me.roles).toHaveLength(2);
    expect(cy.view).toMatchObject({ you: 2 });
    expect(cy.view!.clockMs).toBeGreaterThanOrEqual(before);
    expect(cy.view!.operators).toHaveLength(3);
    expect(await cy.ask("intent", { verb: "ping", at: "n0", word: "after" })).toEqual({ ok: true });
  });

  test("finds the room full when every seat that the level has is somebody's", async () => {
    const [ana, bo] = await on.shift();
    for (let seat = 2; seat < ana.crew.level.operatorsMax; seat += 1) {
      await on.join(ana.crew.code, { name: `Guest ${seat}` });
    }
    await bo.drop();
    await expect(on.join(ana.crew.code, { name: "Late" })).rejects.toMatchObject({ code: JoinRefusals.roomFull });
    expect((await on.join(ana.crew.code, { seat: bo.ticket!.token })).me.name).toBe("Bo");
  });
});

describe("a kick during the match", () => {
  test("leaves the seat to a bot, and undone gives it back", async () => {
    const [ana, bo] = await on.shift();
    await ana.ask("kick", { seat: 1, undo: false });
    await bo.until(({ ending }) => ending?.code === CloseCodes.removed);
    await ana.until(({ crew }) => crew.seats[1]?.bot === true);
    expect(await ana.ask("kick", { seat: 1, undo: true })).toEqual({ ok: true });
    const back = await on.join(ana.crew.code, { seat: bo.ticket!.token });
    expect(back.me).toMatchObject({ name: "Bo", bot: false, roles: ["traffic", "infra"] });
  });
});
