import { writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createTempFolder } from '../../support/temp-folder.ts';
import { installerBytes, signedRelease } from '../../support/update-release.ts';
import { createUpdateStage } from '../../support/update-stage.ts';

const stage = () => createUpdateStage({ folder: createTempFolder() });
const refusedBecause = (reason: string) => ({ ok: false, error: { code: 'update.refused', details: { reason } } });

/** As far as the person's last decision. */
async function readyStage() {
  const made = stage();
  await made.updates.check();
  await made.updates.download();
  return made;
}

describe('an update', () => {
  test('is looked for, offered with its notes, downloaded, verified, and installed at the end of the program', async () => {
    const { updates, states, endings, started } = stage();
    expect(updates.read()).toMatchObject({ stage: 'idle', offReason: null, current: '1.4.2', offered: null });
    expect(await updates.check()).toMatchObject({
      ok: true,
      value: {
        stage: 'offered',
        offered: { version: '1.5.0', notes: '读发票更准。' },
        checkedAt: '2026-12-01T00:00:00.000Z',
      },
    });
    expect(await updates.download()).toMatchObject({ ok: true, value: { stage: 'ready', percent: 100 } });
    expect(updates.installAtEnd()).toBe(false);
    expect(await updates.install()).toMatchObject({ ok: true, value: { stage: 'installing' } });
    expect(endings()).toBe(1);
    expect(started()).toBe(0);
    expect(updates.installAtEnd()).toBe(true);
    expect(started()).toBe(1);
    expect(states.map(({ stage: name, percent }) => `${name} ${percent}`)).toEqual([
      'checking 0',
      'offered 0',
      'downloading 0',
      'downloading 40',
      'downloading 100',
      'ready 100',
      'installing 100',
    ]);
  });

  test('that does not exist, or is not meant for this installation yet, is none', async () => {
    const { updates, world } = stage();
    world.manifest = null;
    expect(await updates.check()).toMatchObject({ ok: true, value: { stage: 'idle', offered: null } });
    world.manifest = signedRelease({ version: '1.4.2' });
    expect(await updates.check()).toMatchObject({ ok: true, value: { stage: 'idle', error: null } });
  });

  test('is refused where its manifest is, and the page is told why', async () => {
    const { updates, world, started } = stage();
    world.manifest = signedRelease({ version: '1.0.0' });
    expect(await updates.check()).toMatchObject(refusedBecause('downgrade'));
    expect(updates.read()).toMatchObject({ stage: 'idle', offered: null, error: { code: 'update.refused' } });
    expect(await updates.download()).toMatchObject({ ok: false, error: { code: 'update.under-way' } });
    expect(await updates.install()).toMatchObject({ ok: false, error: { code: 'update.under-way' } });
    expect(started()).toBe(0);
  });

  test('is refused where the installer is not the one that was signed', async () => {
    const { updates, world } = stage();
    await updates.check();
    world.installer = Buffer.concat([installerBytes.subarray(1), Buffer.from('!')]);
    expect(await updates.download()).toMatchObject(refusedBecause('installer'));
    expect(updates.read()).toMatchObject({ stage: 'idle', offered: null });
  });

  test('is refused where the installer was exchanged before the decision', async () => {
    const { updates, path, endings } = await readyStage();
    writeFileSync(path, 'another program');
    expect(await updates.install()).toMatchObject(refusedBecause('installer'));
    expect(endings()).toBe(0);
    expect(updates.installAtEnd()).toBe(false);
  });

  test('that cannot be reached leaves things as they were, and can be tried again', async () => {
    const { updates, world } = stage();
    world.checkError = new Error('getaddrinfo ENOTFOUND');
    expect(await updates.check()).toMatchObject({ ok: false, error: { code: 'update.unreached' } });
    world.checkError = undefined;
    expect(await updates.check()).toMatchObject({ ok: true, value: { stage: 'offered', error: null } });
    world.downloadError = new Error('net::ERR_CONNECTION_RESET');
    expect(await updates.download()).toMatchObject({ ok: false, error: { code: 'update.unreached' } });
    expect(updates.read()).toMatchObject({ stage: 'offered', offered: { version: '1.5.0' } });
    world.downloadError = undefined;
    expect(await updates.download()).toMatchObject({ ok: true });
  });
});

describe('while invoices are being issued', () => {
  test('nothing is looked for, downloaded or installed', async () => {
    const { updates, world, asked, endings } = stage();
    const busy = { ok: false, error: { code: 'update.busy', retryable: true } };
    world.busy = true;
    expect(await updates.check()).toMatchObject(busy);
    await updates.lookQuietly();
    expect(asked()).toBe(0);
    world.busy = false;
    await updates.check();
    world.busy = true;
    expect(await updates.download()).toMatchObject(busy);
    world.busy = false;
    await updates.download();
    world.busy = true;
    expect(await updates.install()).toMatchObject(busy);
    expect(updates.installAtEnd()).toBe(false);
    expect(endings()).toBe(0);
    world.busy = false;
    expect(await updates.install()).toMatchObject({ ok: true });
  });

  test('a batch that begins while the installer is verified stops the installation', async () => {
    const { updates, world, endings } = await readyStage();
    const installing = updates.install();
    world.busy = true;
    expect(await installing).toMatchObject({ ok: false, error: { code: 'update.busy' } });
    expect(updates.read().stage).toBe('ready');
    expect(endings()).toBe(0);
  });
});

test('one step at a time: a second check while one waits is told so', async () => {
  const { updates, world } = stage();
  const second: Promise<unknown>[] = [];
  world.meanwhile = () => second.push(updates.check());
  expect(await updates.check()).toMatchObject({ ok: true });
  expect(await second[0]).toMatchObject({ ok: false, error: { code: 'update.under-way' } });
});

test('by itself it looks only where nothing is offered yet', async () => {
  const { updates, asked } = stage();
  await updates.lookQuietly();
  expect(updates.read().stage).toBe('offered');
  await updates.lookQuietly();
  expect(asked()).toBe(1);
});

test('a copy without updates says why, and does nothing', async () => {
  const { updates } = createUpdateStage({ folder: createTempFolder(), source: { offReason: 'no-place' } });
  expect(updates.read()).toMatchObject({ stage: 'off', offReason: 'no-place' });
  for (const step of [updates.check, updates.download, updates.install])
    expect(await step()).toMatchObject({ ok: false, error: { code: 'update.off' } });
  await updates.lookQuietly();
  expect(updates.installAtEnd()).toBe(false);
});

test('a program that ends waits for no download, and none begins then', async () => {
  const { updates, world, end } = stage();
  await updates.check();
  world.isStuck = true;
  const downloading = updates.download();
  end();
  expect(await downloading).toMatchObject({ ok: false, error: { code: 'update.unreached' } });
  expect(await updates.check()).toMatchObject({ ok: false, error: { code: 'update.unreached' } });
});
