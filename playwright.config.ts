import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results/e2e',
  // Far beyond what the longest takes by itself: several windows share a machine that may have other work.
  timeout: 150_000,
  expect: { timeout: 20_000 },
  // A window waits half of its time.
  workers: '150%',
  forbidOnly: true,
  reporter: [['list'], ['json', { outputFile: 'test-results/counts/e2e.json' }]],
});
