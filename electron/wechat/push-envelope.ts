import { XMLParser, XMLValidator } from 'fast-xml-parser';
import * as z from 'zod';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Text } from '../../shared/text.ts';
import { parseJson } from './json.ts';

/** The fields of a push, trimmed; an empty field is as good as absent and left out. */
export type PushFields = ReadonlyMap<string, string>;

/** WeChat's pushes have less than 2 KB. */
const largestBodyBytes = 64 * 1024;
/** They have twenty elements; a thousand angle brackets keep the parser busy for nothing. */
const mostMarks = 1000;

const fieldsSchema = z.record(z.string(), z.unknown());
const documentSchema = z.object({ xml: z.union([fieldsSchema, z.literal('').transform(() => ({}))]) });

/** Reads the flat envelope of a push, XML or JSON. */
export function readEnvelope(body: string): Result<PushFields, Text> {
  if (Buffer.byteLength(body) > largestBodyBytes) return fail({ zhCN: '超过 64 KB', en: 'it is larger than 64 KB' });
  const content = body.replace(/^\ufeff/, '').trim();
  const read = content.startsWith('{') ? readJson(content) : readXml(content);
  return read.ok ? toFields(read.value) : read;
}

function readJson(content: string): Result<Record<string, unknown>, Text> {
  try {
    const parsed = fieldsSchema.safeParse(parseJson(content));
    if (parsed.success) return ok(parsed.data);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return fail({ zhCN: '不是完整的 JSON', en: 'it is no complete JSON' });
}

function readXml(content: string): Result<Record<string, unknown>, Text> {
  // Entities and document types are how XML is attacked; WeChat sends neither.
  if (/<!(DOCTYPE|ENTITY)/i.test(content)) return fail({ zhCN: '含有 DOCTYPE', en: 'it has a DOCTYPE' });
  if (content.split('<', mostMarks + 1).length > mostMarks)
    return fail({ zhCN: '标签太多', en: 'it has too many tags' });
  const xml = XMLValidator.validate(content) === true ? content : closeTagGaps(content);
  if (XMLValidator.validate(xml) !== true) return fail({ zhCN: '不是完整的 XML', en: 'it is no complete XML' });
  try {
    // Values stay text: a parsed number would lose the leading zeros of a card's code.
    const parser = new XMLParser({ processEntities: false, parseTagValue: false, ignoreAttributes: true });
    const parsed = documentSchema.safeParse(parser.parse(xml));
    if (parsed.success) return ok(parsed.data.xml);
  } catch {
    // The parser throws on names that would touch the prototype and on deep nesting: not WeChat's.
  }
  return fail({ zhCN: '不是微信的 XML', en: 'it is not the XML of WeChat' });
}

/** WeChat's samples have tags like `< AuthorizeAppId >`; text inside CDATA stays as it is. */
function closeTagGaps(content: string): string {
  return content.replaceAll(/<!\[CDATA\[[\s\S]*?\]\]>|<\s*(\/?)\s*([A-Za-z]\w*)\s*>/g, (whole, slash, name) =>
    name === undefined ? whole : `<${slash}${name}>`,
  );
}

function toFields(record: Record<string, unknown>): Result<PushFields, Text> {
  const fields = new Map<string, string>();
  for (const [name, value] of Object.entries(record)) {
    // A tag that stands twice arrives as a list: which of the two would be meant?
    if (Array.isArray(value)) return fail({ zhCN: `${name} 出现了两次`, en: `${name} stands twice` });
    if (typeof value !== 'string' && typeof value !== 'number') continue;
    const text = String(value).trim();
    // It ends CDATA and may stand in no value: whatever this was, it was not written by WeChat.
    if (text.includes(']]>')) return fail({ zhCN: `${name} 不完整`, en: `${name} is not complete` });
    if (text !== '') fields.set(name, text);
  }
  return ok(fields);
}
