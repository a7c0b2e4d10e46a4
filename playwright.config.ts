import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results/e2e',
  // Far beyond what the longest takes by itself: two windows share a machine that may have other work.
  timeout: 150_000,
  expect: { timeout: 20_000 },
  workers: 2,
  // What passes only at the second try is counted and named by scripts/test.ts, which lets no more than one through.
  retries: 1,
  forbidOnly: true,
  reporter: [['list'], ['json', { outputFile: 'test-results/counts/e2e.json' }]],
});
