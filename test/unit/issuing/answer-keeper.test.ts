import { describe, expect, test } from 'vitest';
import { type Answered, createAnswerKeeper } from '../../../electron/issuing/answer-keeper.ts';
import type { Invoice } from '../../../shared/contract/invoice-operations.ts';
import { appError } from '../../../shared/errors/app-error.ts';
import { fail, ok } from '../../../shared/result.ts';

const fullDisk = () => Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });

/** A disk that takes writes or not, a reserve that may help it, and time that is moved by hand. */
function openWorld({ reserveHelps = false } = {}) {
  const world = { isFull: false, isEnding: false, freed: 0, held: 0, written: [] as number[], changed: [] as number[] };
  const sleepers: (() => void)[] = [];
  const keeper = createAnswerKeeper({
    reserve: {
      hold: () => {
        world.held += 1;
        return world.isFull ? fail(appError('database.unavailable', { reason: 'ENOSPC' })) : ok(undefined);
      },
      free: () => {
        world.freed += 1;
        if (reserveHelps) world.isFull = false;
      },
    },
    sleep: () => new Promise((resolve) => sleepers.push(resolve)),
    isEnding: () => world.isEnding,
    changed: (id) => world.changed.push(id),
  });
  const answered = (attempt: number): Answered => ({
    invoiceId: 100 + attempt,
    attempt,
    words: {
      zhCN: `订单 ${attempt} 已开具，卡券编号 ${attempt}00`,
      en: `order ${attempt} was issued, its card code is ${attempt}00`,
    },
    facts: { orderId: String(attempt), cardCode: `${attempt}00` },
    write: async () => {
      if (world.isFull) throw fullDisk();
      world.written.push(attempt);
      return ok({ id: 100 + attempt } as Invoice); // nothing else of it is looked at here
    },
  });
  const passTime = async () => {
    for (const wake of sleepers.splice(0)) wake();
    await new Promise(setImmediate);
  };
  return { world, keeper, answered, passTime };
}

describe('an answer', () => {
  test('is written at once where the disk takes it', async () => {
    const { world, keeper, answered } = openWorld();
    expect(await keeper.record(answered(1))).toMatchObject({ ok: true, value: { id: 101 } });
    expect(world).toMatchObject({ written: [1], freed: 0 });
  });

  test('is written into the room of the reserve where there is no other', async () => {
    const { world, keeper, answered } = openWorld({ reserveHelps: true });
    world.isFull = true;
    expect((await keeper.record(answered(1))).ok).toBe(true);
    expect(world).toMatchObject({ written: [1], freed: 1 });
  });

  test('that is refused by a rule of the program is no matter of the disk', async () => {
    const { world, keeper, answered } = openWorld();
    const write = () => Promise.reject(new Error('invoice 101 was not sending'));
    await expect(keeper.record({ ...answered(1), write })).rejects.toThrow('was not sending');
    expect(world.freed).toBe(0);
    expect((await keeper.makeReady()).ok).toBe(true);
  });
});

describe('an answer that the disk does not take', () => {
  test('is told with its card code, together with those before it', async () => {
    const { world, keeper, answered } = openWorld();
    world.isFull = true;
    await keeper.record(answered(1));
    const told = await keeper.record(answered(2));
    if (told.ok) throw new Error('it was written');
    expect(told.error).toMatchObject({
      code: 'answer.not-saved',
      class: 'fix-computer',
      details: {
        cause: 'database.unavailable',
        unsaved: [
          { invoiceId: 101, cardCode: '100' },
          { invoiceId: 102, cardCode: '200' },
        ],
      },
    });
    expect(told.error.text.zhCN).toContain('订单 1 已开具，卡券编号 100；订单 2 已开具，卡券编号 200');
    expect(told.error.text.en).toContain(
      'order 2 was issued, its card code is 200. The database cannot be written (SQLITE_FULL)',
    );
  });

  test('lets nothing be sent until it is written', async () => {
    const { world, keeper, answered } = openWorld();
    world.isFull = true;
    await keeper.record(answered(1));
    expect(await keeper.makeReady()).toMatchObject({ ok: false, error: { code: 'answer.not-saved' } });
    world.isFull = false;
    expect((await keeper.makeReady()).ok).toBe(true);
    expect(world).toMatchObject({ written: [1], changed: [101], held: 1 });
  });

  test('is written by itself once there is room, and once', async () => {
    const { world, keeper, answered, passTime } = openWorld();
    world.isFull = true;
    await keeper.record(answered(1));
    await keeper.record(answered(2));
    await passTime();
    expect(world.written).toEqual([]);
    world.isFull = false;
    await passTime();
    expect(world).toMatchObject({ written: [1, 2], changed: [101, 102] });
    await passTime();
    expect(world.written).toEqual([1, 2]);
  });

  test('is written once, though two ask for it at once', async () => {
    const { world, keeper, answered } = openWorld();
    world.isFull = true;
    await keeper.record(answered(1));
    world.isFull = false;
    const both = await Promise.all([keeper.makeReady(), keeper.makeReady()]);
    expect(both.map(({ ok: isReady }) => isReady)).toEqual([true, true]);
    expect(world.written).toEqual([1]);
  });

  test('is no longer waited for when the program ends', async () => {
    const { world, keeper, answered, passTime } = openWorld();
    world.isFull = true;
    await keeper.record(answered(1));
    world.isEnding = true;
    await passTime();
    world.isFull = false;
    await passTime();
    expect(world.written).toEqual([]);
    expect((await keeper.writeKept()).ok).toBe(true);
    expect(world.written).toEqual([1]);
  });
});

test('where there is no room for another answer nothing is sent', async () => {
  const { world, keeper } = openWorld();
  world.isFull = true;
  expect(await keeper.makeReady()).toMatchObject({ ok: false, error: { code: 'database.unavailable' } });
});
