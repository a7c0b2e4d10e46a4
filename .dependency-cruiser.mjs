/** Which way imports may run. The picture is in docs/architecture.md. */
const parts = '^electron/(accounts|files|issuing|orders|practice|records|support|tables|updates|wechat|pdf|feed)/';

/** @param {string} part @param {string[]} allowed */
function partMayImport(part, allowed) {
  return {
    name: `electron-${part}-imports`,
    comment: `electron/${part} may import ${[part, ...allowed].join(', ')} and shared only`,
    severity: 'error',
    from: { path: `^electron/${part}/` },
    to: { path: '^(electron|renderer|scripts|test|bench)/', pathNot: `^electron/(${[part, ...allowed].join('|')})/` },
  };
}

export default {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'not-resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'shared-imports-nothing',
      comment:
        'shared runs everywhere: nothing of ours outside it, no Node, no Electron, of packages zod and the calendar',
      severity: 'error',
      from: { path: '^shared/' },
      to: { pathNot: '^shared/|^node_modules/(zod|temporal-polyfill)/' },
    },
    {
      name: 'renderer-imports-shared-only',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: '^(electron|relay|scripts|test|bench)/' },
    },
    {
      name: 'renderer-without-node',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'electron-only-in-the-shell',
      comment: 'everything but main.ts, preload.ts and shell/ runs without a window',
      severity: 'error',
      from: { path: '^(electron|shared|renderer)/', pathNot: '^electron/(main\\.ts|preload\\.ts|shell/)' },
      to: { path: '^(node_modules/)?electron(-log|-updater)?(/|$)', pathNot: '^electron/' },
    },
    {
      name: 'nobody-imports-operations',
      severity: 'error',
      from: { path: parts },
      to: { path: '^electron/(operations|shell|cli)/|^electron/(app|main|cli|preload)\\.ts$' },
    },
    {
      name: 'undici-only-where-the-network-is',
      comment: 'requests leave through one client; the practice control plays the other side',
      severity: 'error',
      from: { path: '^(electron|shared|renderer)/', pathNot: '^electron/(wechat|practice|feed)/' },
      to: { path: '^node_modules/undici/' },
    },
    {
      name: 'sockets-only-where-the-network-is',
      comment: 'as undici: what the program sends leaves through one client',
      severity: 'error',
      from: { path: '^(electron|shared|renderer)/', pathNot: '^electron/(wechat|practice)/' },
      to: { path: '^(node:)?(http|https|http2|net|tls|dgram)$', dependencyTypes: ['core'] },
    },
    {
      name: 'sql-only-in-records',
      severity: 'error',
      from: { path: '^electron/', pathNot: '^electron/records/' },
      to: { path: '^node_modules/better-sqlite3/' },
    },
    {
      name: 'product-without-tests',
      severity: 'error',
      from: { path: '^(electron|relay|renderer|shared)/' },
      to: { path: '^(test|scripts|bench)/' },
    },
    {
      name: 'relay-imports',
      comment:
        'the relay is deployed alone; of the desktop it has what opens the envelope of a push, writes a pairing code and keeps memory small',
      severity: 'error',
      from: { path: '^relay/' },
      to: {
        path: '^(electron|renderer|scripts|test|bench)/',
        pathNot: '^electron/(wechat/(push-crypto|push-envelope|json)|accounts/pairing-code|support/small-heap)\\.ts$',
      },
    },
    {
      name: 'nobody-imports-the-relay',
      severity: 'error',
      from: { path: '^(electron|renderer|shared)/' },
      to: { path: '^relay/' },
    },
    partMayImport('support', []),
    partMayImport('practice', ['support']),
    partMayImport('wechat', ['support']),
    partMayImport('records', ['support']),
    partMayImport('files', ['records', 'support']),
    partMayImport('tables', ['records', 'support']),
    partMayImport('pdf', ['support']),
    partMayImport('updates', ['support']),
    partMayImport('accounts', ['practice', 'records', 'support', 'wechat']),
    partMayImport('feed', ['accounts', 'issuing', 'orders', 'practice', 'records', 'support', 'wechat']),
    partMayImport('orders', ['accounts', 'records', 'support', 'wechat']),
    partMayImport('issuing', ['accounts', 'orders', 'records', 'support', 'tables', 'wechat']),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|test-results)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'test/tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
