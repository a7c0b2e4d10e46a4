import type { readEnvelope } from '../../../electron/wechat/push-envelope.ts';
import type { Random } from '../../../scripts/samples/random.ts';
import { cpuMs } from '../cpu-time.ts';
import { chanceOf } from '../network/chance.ts';
import { importPlanted } from '../planted-import.ts';
import type { FaultOptions, FaultResult, FaultRow } from '../row.ts';
import { biteAll, type Played } from '../security/plays.ts';
import type { SourcePlant } from '../source-plant.ts';

const source = 'electron/wechat/push-envelope.ts';
const shortForm = 20_000;
const longForm = 200_000;
const bittenForm = 2000;
/** No envelope may take longer than this, in milliseconds: a hundred times the rule, for a busy machine. */
const longestMs = 500;
/** More than this kept from one envelope, in megabytes, is growth. */
const mostKeptMb = 64;

const values = {
  Code: '012345678901234567',
  CreateTime: '1476068114',
  OrderId: '00012E5',
  Remark: '茶 & 咖啡 <特价>',
  Big: '18446744073709551615',
} as const;
const sound = `<xml>${Object.entries(values)
  .map(([name, value]) => `<${name}><![CDATA[${value}]]></${name}>`)
  .join('')}</xml>`;

const doctype = (inside: string) => `<?xml version="1.0"?><!DOCTYPE xml [${inside}]><xml><a>&x;</a></xml>`;
const laughs = Array.from({ length: 9 }, (_, level) => `<!ENTITY l${level + 1} "${`&l${level};`.repeat(10)}">`).join(
  '',
);

/** What XML has been attacked with. None of it may be read as a push. */
const attacks: readonly string[] = [
  doctype(`<!ENTITY l0 "lol">${laughs}<!ENTITY x "&l9;">`),
  doctype(`<!ENTITY x "${'y'.repeat(50_000)}">`),
  doctype('<!ENTITY x SYSTEM "file:///etc/passwd">'),
  doctype('<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;'),
  '<!doctype xml><xml><a>1</a></xml>',
  '<xml><__proto__><polluted>1</polluted></__proto__></xml>',
  '<xml><constructor><prototype><polluted>1</polluted></prototype></constructor></xml>',
  `<xml>${'<a>'.repeat(10_000)}${'</a>'.repeat(10_000)}</xml>`,
  `<xml>${'<a>'.repeat(20_000)}`,
  `<xml ${'a="1" '.repeat(8000)}`,
  `<xml><a>${'<![CDATA['.repeat(6000)}</a></xml>`,
  `<xml><a>${'&#x41;'.repeat(10_000)}`,
  '+ADw-xml+AD4-+ADw-a+AD4-1+ADw-/a+AD4-+ADw-/xml+AD4-',
  Buffer.from('<xml><a>1</a></xml>', 'utf16le').toString('latin1'),
  '<xml><Code>1</Code><Code>2</Code></xml>',
  '',
  '\0',
  '<',
  '<xml',
  '<!--',
  '<?xml',
];

const pieces = [
  '<',
  '>',
  '</',
  '<![CDATA[',
  ']]>',
  '&lt;',
  '&#0;',
  '&x;',
  '<!--',
  '-->',
  '<?',
  '?>',
  '"',
  '\0',
  '\ufeff',
  '<xml>',
  '</xml>',
  '<Code>',
  '&',
];

/** Whether the letters stand in the text in this order; between them may be the marks of CDATA that was joined. */
function standsIn(text: string, value: string): boolean {
  let from = 0;
  for (const letter of value) {
    from = text.indexOf(letter, from) + letter.length;
    if (from < letter.length) return false;
  }
  return true;
}

function bend(chance: Random): string {
  let text = sound;
  for (let times = 1 + chance.below(4); times > 0; times -= 1) {
    const at = chance.below(text.length);
    const cut = chance.below(8);
    text =
      text.slice(0, at) +
      (chance.below(3) === 0 ? '' : (pieces[chance.below(pieces.length)] ?? '')) +
      text.slice(at + cut);
  }
  return text;
}

async function play(plant: SourcePlant | undefined, count: number, seed: number) {
  const module = await importPlanted(source, plant);
  const read = module['readEnvelope'] as typeof readEnvelope; // as exported there
  const wrong: string[] = [];
  let slowest = 0;
  let name = '';
  const timed = (text: string) => {
    const before = cpuMs();
    try {
      return read(text);
    } catch (error) {
      wrong.push(`${name} threw: ${error instanceof Error ? error.message : ''}`);
      return undefined;
    } finally {
      slowest = Math.max(slowest, cpuMs() - before);
    }
  };
  name = 'a sound push';
  const fields = timed(sound);
  const got = fields?.ok ? Object.fromEntries(fields.value) : {};
  if (JSON.stringify(got) !== JSON.stringify(values)) wrong.push(`a sound push is changed: ${JSON.stringify(got)}`);
  for (const [index, attack] of attacks.entries()) {
    name = `attack ${index}`;
    const answer = timed(attack);
    if (answer?.ok && answer.value.size > 0) wrong.push(`${name} is taken: ${attack.slice(0, 60)}`);
  }
  if ('polluted' in {}) wrong.push('the prototype of everything was changed');
  const chance = chanceOf(seed, 'xml');
  const keptBefore = process.memoryUsage().heapUsed;
  for (let number = 0; number < count; number += 1) {
    const text = bend(chance);
    name = `bent ${number}`;
    const answer = timed(text);
    // What is read stands there as it is: nothing is expanded, nothing cut.
    if (answer?.ok)
      for (const value of answer.value.values())
        if (!standsIn(text, value)) wrong.push(`${name}: ${value.slice(0, 60)} was never written`);
  }
  const keptMb = (process.memoryUsage().heapUsed - keptBefore) / 1024 / 1024;
  if (slowest > longestMs) wrong.push(`one took ${slowest.toFixed(0)} ms`);
  if (keptMb > mostKeptMb) wrong.push(`${keptMb.toFixed(0)} MB were kept`);
  return { cases: count + attacks.length, wrong, slowest } satisfies Played & { readonly slowest: number };
}

const plants: readonly SourcePlant[] = [
  { name: 'document types are let in', file: source, from: '/<!(DOCTYPE|ENTITY)/i.test(content)', to: 'false' },
  { name: 'numbers are read as numbers', file: source, from: 'parseTagValue: false', to: 'parseTagValue: true' },
  {
    name: 'a tag that stands twice counts as its last',
    file: source,
    from: 'if (Array.isArray(value)) return',
    to: 'if (Array.isArray(value)) { fields.set(name, String(value.at(-1))); continue; } if (false) return',
  },
];

async function run({ long, seed, say }: FaultOptions): Promise<FaultResult> {
  const { cases, wrong, slowest } = await play(undefined, long ? longForm : shortForm, seed);
  for (const one of wrong.slice(0, 20)) say(one);
  return {
    figure: `${cases} envelopes, ${attacks.length} of them known attacks: ${wrong.length} taken, changed or thrown; slowest ${slowest.toFixed(1)} ms`,
    ok: wrong.length === 0,
    bites: await biteAll(plants, (plant) => play(plant, bittenForm, seed), say),
  };
}

export const row: FaultRow = { id: 'I3', title: 'the XML of pushes, bent and as it is attacked', run };
