import { defineConfig } from 'vitest/config';

/** The tests that speak of the files stryker.config.json changes; the others would only be waited for. */
export default defineConfig({
  test: {
    include: [
      'test/unit/{shared,issuing,wechat,records,properties}/**/*.test.ts',
      'test/integration/operations/**/*.test.ts',
      'test/integration/wechat/**/*.test.ts',
    ],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
