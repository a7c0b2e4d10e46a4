import { expect, it } from 'vitest';
import packageJson from '../../../package.json' with { type: 'json' };

/** Three majors are supported at a time, a new one every eight weeks: 45 came out in September 2026. */
const firstOf45 = Date.UTC(2026, 8, 1);
const betweenMajorsMs = 8 * 7 * 24 * 3600 * 1000;

it('is one of the majors that are supported, three at a time, when this version was made', () => {
  const [major = 0] = packageJson.devDependencies.electron.split('.').map(Number);
  expect(packageJson.devDependencies.electron).toMatch(/^\d+\.\d+\.\d+$/);
  const newest = 45 + Math.floor((Date.UTC(2026, 10, 27) - firstOf45) / betweenMajorsMs);
  expect(major).toBeGreaterThan(newest - 3);
});
