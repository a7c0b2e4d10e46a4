import { describe, expect, it } from 'vitest';
import { jsonSchemaOf } from '../../../electron/cli/admit-paths.ts';
import { contract, type OperationName } from '../../../shared/contract/contract.ts';

type JsonSchema = Readonly<Record<string, unknown>>;

const names = Object.keys(contract) as OperationName[]; // the contract's own keys
const entries = names.map((name) => ({ name, ...contract[name] }));

function isObject(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null;
}

interface Property {
  readonly path: string;
  readonly schema: JsonSchema;
}

/** Every named property anywhere inside a schema. */
function properties(schema: JsonSchema, path = ''): Property[] {
  return Object.entries(schema).flatMap(([key, value]) => {
    if (!isObject(value)) return [];
    if (key !== 'properties') return properties(value, path);
    return Object.entries(value)
      .filter((pair): pair is [string, JsonSchema] => isObject(pair[1]))
      .flatMap(([name, child]) => [
        { path: `${path}.${name}`, schema: child },
        ...properties(child, `${path}.${name}`),
      ]);
  });
}

/** Whether a property holds nothing but a number, a word of a closed set, or a file handle. */
function cannotHoldASecret(schema: JsonSchema): boolean {
  if (Array.isArray(schema['anyOf'])) return schema['anyOf'].filter(isObject).every(cannotHoldASecret);
  if (Array.isArray(schema['enum']) || schema['type'] === 'integer') return true;
  return typeof schema['fapiao'] === 'string';
}

const suspicious = /secret|token|passw|aes|encodingkey|ticket|credential|apikey|private/i;

describe('the contract', () => {
  it('names every operation noun.verb', () => {
    for (const name of names) expect(name).toMatch(/^[a-z]+\.[a-z][A-Za-z]*$/);
  });

  it('has an operation for each of the eight sections of the API document', () => {
    const sections = new Set(entries.map((entry) => ('apiSection' in entry ? entry.apiSection : undefined)));
    for (const section of [1, 2, 3, 4, 5, 6, 7, 8]) expect(sections).toContain(section);
  });

  it.each(entries)('says in both languages what $name does', ({ summary }) => {
    expect(summary.zhCN).toMatch(/\p{Script=Han}/u);
    expect(summary.en).toMatch(/^[A-Z][^\p{Script=Han}]{5,}$/u);
  });

  it.each(names)('gives JSON Schemas of closed objects for %s', (name) => {
    for (const side of ['input', 'output'] as const)
      expect(jsonSchemaOf(name, side)).toMatchObject({ type: 'object', additionalProperties: false });
  });

  it.each(names)('lets no secret out of %s', (name) => {
    const leaks = properties(jsonSchemaOf(name, 'output')).filter(
      ({ path, schema }) => suspicious.test(path.split('.').at(-1) ?? '') && !cannotHoldASecret(schema),
    );
    expect(leaks.map(({ path }) => path)).toEqual([]);
  });

  it('takes secrets in at the two places meant for them only', () => {
    const places = names.flatMap((name) =>
      properties(jsonSchemaOf(name, 'input'))
        .filter(({ path, schema }) => suspicious.test(path.split('.').at(-1) ?? '') && !cannotHoldASecret(schema))
        .map(({ path }) => `${name}${path}`),
    );
    expect(places).toEqual(['credentials.save.appSecret', 'push.receive.token', 'push.receive.encodingAesKey']);
  });
});
