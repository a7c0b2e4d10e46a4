import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

const guard = new URL('../../../scripts/require-node.mjs', import.meta.url).href;

/** Runs the guard as the Node of another version would. */
function runAs(version: string) {
  const script = `
    Object.defineProperty(process.versions, 'node', { value: ${JSON.stringify(version)} });
    Object.defineProperty(process, 'version', { value: ${JSON.stringify(`v${version}`)} });
    await import(${JSON.stringify(guard)});
    console.log('goes on');`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

describe('a Node that is too old', () => {
  it.each([['20.20.2'], ['23.11.1']])('(%s) is refused in both languages before anything runs', (version) => {
    const { status, stdout, stderr } = runAs(version);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain(`需要 Node`);
    expect(stderr).toContain(`this is v${version}`);
    expect(stderr).toContain('npm ci');
  });
});

describe('a Node that is new enough', () => {
  it.each([['24.0.0'], ['25.1.0']])('(%s) goes on', (version) => {
    expect(runAs(version)).toEqual({ status: 0, stdout: 'goes on\n', stderr: '' });
  });
});
