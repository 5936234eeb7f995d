import { describe, expect, test } from "vitest";
import { CloseCodes, JoinRefusals } from "../../shared/wire/room.ts";
import { stage } from "./stage.ts";

const on = stage();

describe("a lobby", () => {
  test("has a code that can be spoken, and whoever has it joins, however they write it", async () => {
    const ana = await on.host();
    expect(ana.crew.code).toMatch(/^[A-Z]{4}-\d{3}$/);
    const bo = await on.join(ana.crew.code.replace("-", " ").toLowerCase());
    await ana.until(({ crew }) => crew.seats.length === 2);
    expect(ana.crew.seats.map(({ name, host }) => [name, host])).toEqual([
      ["Ana", true],
      ["Bo", false],
    ]);
    expect([ana.crew.you, bo.crew.you]).toEqual([0, 1]);
  });

  test("deals the roles among those who are here, so that no verb is left without an operator", async () => {
    const ana = await on.host();
    expect(ana.me.roles).toHaveLength(4);
    const bo = await on.join(ana.crew.code);
    expect(bo.crew.seats.map(({ roles }) => roles)).toEqual([
      ["lead", "data"],
      ["traffic", "infra"],
    ]);
    expect(await ana.ask("swap", { a: 0, b: 1 })).toEqual({ ok: true });
    await bo.until(({ me }) => me.roles[0] === "lead");
    await bo.ask("ready", { ready: true });
    expect(bo.me).toMatchObject({ ready: true, roles: ["lead", "data"] });
  });

  test("numbers a name that is taken, and lets nobody be called what a class should not read", async () => {
    const ana = await on.host();
    const other = await on.join(ana.crew.code, { name: "ana" });
    expect(other.me.name).toBe("ana 2");
    expect(await other.ask("rename", { name: "Sh1t Storm" })).toMatchObject({ ok: false, code: "nameUnwanted" });
    expect(await other.ask("rename", { name: "a name of many letters" })).toMatchObject({
      sentence: "A name has at most 16 letters.",
    });
    expect(await other.ask("rename", { name: "Cy" })).toEqual({ ok: true });
    await ana.until(({ crew }) => crew.seats[1]?.name === "Cy");
  });

  test("says which code is wrong, and counts the guesses of an address", async () => {
    await expect(on.join("KELP-000")).rejects.toMatchObject({
      code: JoinRefusals.roomNotFound,
      message: expect.stringContaining("There is no room KELP-000"),
    });
    for (let guess = 1; guess < 60; guess += 1) await expect(on.join("nonsense")).rejects.toThrow("no room");
    await expect(on.join("KELP-000")).rejects.toMatchObject({ code: JoinRefusals.tooManyGuesses });
    await on.clock.wind(5_000);
    await expect(on.join("KELP-000")).rejects.toMatchObject({ code: JoinRefusals.roomNotFound });
  });

  test("is full when the level can take no more, in one sentence; whoever holds a seat still gets in", async () => {
    const ana = await on.host();
    const seats = ana.crew.level.operatorsMax;
    const bo = await on.join(ana.crew.code);
    for (let seat = 2; seat < seats; seat += 1) await on.join(ana.crew.code, { name: `Guest ${seat}` });
    await expect(on.join(ana.crew.code, { name: "Late" })).rejects.toMatchObject({
      code: JoinRefusals.roomFull,
      message: `This room is full: ${seats} of ${seats} seats are taken.`,
    });
    await bo.drop();
    const again = await on.join(ana.crew.code, { seat: bo.ticket!.token });
    expect(again.me.name).toBe("Bo");
  });

  test("can be locked against newcomers", async () => {
    const ana = await on.host();
    expect(await ana.ask("lock", { locked: true })).toEqual({ ok: true });
    await expect(on.join(ana.crew.code)).rejects.toMatchObject({ code: JoinRefusals.roomLocked });
    await ana.ask("lock", { locked: false });
    expect((await on.join(ana.crew.code)).me.name).toBe("Bo");
  });

  test("is the host's: nobody else starts, locks, kicks or chooses the level", async () => {
    const ana = await on.host();
    const bo = await on.join(ana.crew.code);
    const asked = [bo.ask("start"), bo.ask("lock", { locked: true }), bo.ask("kick", { seat: 0, undo: false })];
    const answers = await Promise.all([...asked, bo.ask("chooseLevel", { level: on.level })]);
    expect(answers.map((answer) => !answer.ok && answer.code)).toEqual([
      "hostOnly",
      "hostOnly",
      "hostOnly",
      "hostOnly",
    ]);
  });

  test("lets the host choose any level there is", async () => {
    const ana = await on.host();
    const last = [...on.levels.keys()].at(-1)!;
    expect(await ana.ask("chooseLevel", { level: last })).toEqual({ ok: true });
    expect(ana.crew.level.id).toBe(last);
    expect(await ana.ask("chooseLevel", { level: "atlantis" })).toMatchObject({ ok: false, code: "noSuchLevel" });
  });

  test("counts 3-2-1 before the match", async () => {
    const ana = await on.host();
    const bo = await on.join(ana.crew.code);
    expect(await ana.ask("start")).toEqual({ ok: true });
    const counted: number[] = [];
    for (const second of [3, 2, 1]) {
      await bo.until(({ crew }) => crew.phase === "countdown" && crew.countdown === second);
      counted.push(second);
      await on.clock.wind(1_000);
    }
    await bo.until(({ crew }) => crew.phase === "match");
    expect(counted).toEqual([3, 2, 1]);
  });

  test("closes when nobody has been here for ten minutes, and not before", async () => {
    const ana = await on.host();
    await on.clock.wind(900_000);
    expect(ana.ending).toBeNull();
    await ana.drop();
    await on.clock.wind(595_000);
    const back = await on.join(ana.crew.code, { seat: ana.ticket!.token });
    await back.drop();
    await on.clock.wind(602_000);
    await expect(on.join(ana.crew.code)).rejects.toMatchObject({ code: JoinRefusals.roomNotFound });
  });
});

describe("a kick", () => {
  test("removes a player, who can't come back with the old seat", async () => {
    const ana = await on.host();
    const bo = await on.join(ana.crew.code);
    expect(await ana.ask("kick", { seat: 1, undo: false })).toEqual({ ok: true });
    await bo.until(({ ending }) => ending !== null);
    expect(bo.ending).toEqual({ code: CloseCodes.removed, sentence: "The host removed you from this room." });
    await expect(on.join(ana.crew.code, { seat: bo.ticket!.token })).rejects.toMatchObject({
      code: JoinRefusals.removed,
    });
    expect(ana.crew.kicked).toEqual({ seat: 1, name: "Bo", secondsLeft: 10 });
    expect(ana.crew.seats).toHaveLength(1);
  });

  test("can be undone for ten seconds: the seat is back with its name and roles", async () => {
    const ana = await on.host();
    const bo = await on.join(ana.crew.code);
    await ana.ask("kick", { seat: 1, undo: false });
    await on.clock.wind(9_000);
    expect(await ana.ask("kick", { seat: 1, undo: true })).toEqual({ ok: true });
    const back = await on.join(ana.crew.code, { seat: bo.ticket!.token });
    expect(back.me).toMatchObject({ name: "Bo", roles: ["traffic", "infra"] });
  });

  test("can't be undone later", async () => {
    const ana = await on.host();
    await on.join(ana.crew.code);
    await ana.ask("kick", { seat: 1, undo: false });
    await on.clock.wind(11_000);
    expect(await ana.ask("kick", { seat: 1, undo: true })).toMatchObject({ ok: false, code: "tooLate" });
    await ana.until(({ crew }) => crew.kicked === null);
  });

  test("is not for oneself, nor for a seat that is not there", async () => {
    const ana = await on.host();
    expect(await ana.ask("kick", { seat: 0, undo: false })).toMatchObject({ code: "ownSeat" });
    expect(await ana.ask("kick", { seat: 5, undo: false })).toMatchObject({ code: "noSuchSeat" });
  });
});

describe("a room survives its host:", () => {
  test("a reload of twenty seconds changes nothing", async () => {
    const ana = await on.host();
    const bo = await on.join(ana.crew.code);
    await ana.drop();
    await bo.until(({ crew }) => crew.seats[0]?.connected === false);
    await on.clock.wind(18_000);
    const back = await on.join(ana.crew.code, { seat: ana.ticket!.token });
    await on.clock.wind(30_000);
    expect(back.me.host).toBe(true);
  });

  test("after twenty seconds away host-ship passes to whoever has been here longest, and stays there", async () => {
    const ana = await on.host();
    const bo = await on.join(ana.crew.code);
    await on.clock.wind(1_000);
    await on.join(ana.crew.code, { name: "Cy" });
    await ana.drop();
    await bo.until(({ crew }) => crew.seats[0]?.connected === false);
    await on.clock.wind(21_000);
    await bo.until(({ me }) => me.host);
    const back = await on.join(ana.crew.code, { seat: ana.ticket!.token });
    expect(back.crew.seats.map(({ host }) => host)).toEqual([false, true, false]);
    expect(await bo.ask("lock", { locked: true })).toEqual({ ok: true });
  });

  test("a host who leaves for good hands over at once", async () => {
    const ana = await on.host();
    const bo = await on.join(ana.crew.code);
    await ana.room.leave();
    await bo.until(({ crew }) => crew.seats.length === 1);
    expect(bo.me).toMatchObject({ name: "Bo", host: true });
    expect(bo.me.roles).toHaveLength(4);
  });
});
