import { describe, expect, test } from 'vitest';
import { configFaults, wantedFuses } from '../../../scripts/packaging/config-rules.ts';
import { readConfig, schemaFaults } from '../../../scripts/packaging/pack.ts';

const config = await readConfig();

/** A copy with one setting changed, by its place. */
function changed(place: string, value: unknown): typeof config {
  const copy = structuredClone(config);
  const names = place.split('.');
  const last = names.pop() ?? '';
  // Each step is an object of the file.
  const holder = names.reduce<Record<string, unknown>>((at, name) => at[name] as Record<string, unknown>, copy);
  holder[last] = value;
  return copy;
}

describe('the configuration of the packages', () => {
  test("the project's own fits electron-builder's schema and what was decided", async () => {
    expect(await schemaFaults(config)).toEqual([]);
    expect(configFaults(config)).toEqual([]);
  });

  test('a word that electron-builder does not know is refused by its schema', async () => {
    expect(await schemaFaults(changed('asarr', true))).toHaveLength(1);
    expect(await schemaFaults(changed('mac.hardenedRuntime', 'yes'))).toHaveLength(1);
  });

  test.each(Object.entries(wantedFuses))('the fuse %s the other way round, or left out, is told', (name, value) => {
    expect(configFaults(changed(`electronFuses.${name}`, !value))).toHaveLength(1);
    expect(configFaults(changed(`electronFuses.${name}`, undefined))).toHaveLength(1);
  });

  test.each([
    ['asar', false],
    ['asar.smartUnpack', true],
    ['disableAsarIntegrity', true],
    ['npmRebuild', true],
    ['nsis.deleteAppDataOnUninstall', true],
    ['win.verifyUpdateCodeSignature', false],
    ['mac.hardenedRuntime', false],
    ['mac.notarize', false],
    ['mac.entitlements', undefined],
    ['mac.identity', null],
    ['win.signExecutable', false],
    ['fileAssociations', [{ ext: 'pdf' }]],
    ['electronDist', '/somewhere'],
    ['win.target', ['portable']],
    ['mac.target', [{ target: 'dmg', arch: ['arm64'] }]],
    ['linux.target', ['snap']],
  ])('%s as %j is told', (place, value) => {
    expect(configFaults(changed(place, value)).length).toBeGreaterThan(0);
  });
});
