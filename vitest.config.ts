import { defineConfig } from 'vitest/config';
import { guidePages } from './scripts/guide/guide-plugin.ts';

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'], testTimeout: 20_000, maxWorkers: '100%' } },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
        },
      },
      {
        plugins: [guidePages()],
        test: {
          name: 'renderer',
          include: ['test/renderer/**/*.test.tsx'],
          environment: 'jsdom',
          testTimeout: 30_000,
          // Each waits for nothing but the processor; by itself one of them is left idle.
          maxWorkers: '100%',
        },
      },
    ],
  },
});
