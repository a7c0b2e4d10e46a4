import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const folder = join(import.meta.dirname, '..', '..', '..', '.github', 'workflows');

/** Lines of a workflow that let in what nobody has looked at, or let a secret out. */
function workflowFaults(text: string): readonly string[] {
  const loose = [...text.matchAll(/uses:\s*(\S+)/g)]
    .map(([, name = '']) => name)
    .filter((name) => !/@[0-9a-f]{40}$/.test(name));
  const spoken = text
    .split('\n')
    // In a command a secret becomes part of the text that is logged and run; it belongs in the environment.
    .filter((line) => line.includes('secrets.') && !/^\s+[A-Z_]+: \$\{\{/.test(line));
  const echoed = text
    .split('\n')
    .filter((line) => /\b(echo|printenv|env)\b.*\$(CSC|APPLE)/.test(line) || /set -[a-z]*x/.test(line));
  return [...loose, ...spoken, ...echoed];
}

test.each(readdirSync(folder))('%s: actions are pinned, and no secret is in a command', (name) => {
  const text = readFileSync(join(folder, name), 'utf8');
  expect(text).toMatch(/uses:/);
  expect(text).toMatch(/^permissions:\n {2}contents: read$/m);
  expect(workflowFaults(text)).toEqual([]);
});

test('a loose action, and a secret in a command, are told', () => {
  expect(workflowFaults('- uses: actions/checkout@v5')).toHaveLength(1);
  expect(workflowFaults('  run: sign --key secrets.KEY')).toHaveLength(1);
  expect(workflowFaults('  echo "$CSC_LINK"')).toHaveLength(1);
  expect(workflowFaults('  set -eux')).toHaveLength(1);
});
