// Structured-clone values as JSON text, for the way between Node and the page. Runs on both sides: no Node imports.

type Tagged = { $: string; v?: unknown; t?: string; s?: string };
type Each = (value: unknown) => unknown;
type Decoding = { refs: unknown[] };

const views = {
  Uint8Array,
  Int8Array,
  Uint8ClampedArray,
  Uint16Array,
  Int16Array,
  Uint32Array,
  Int32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
  DataView,
};
const errorTypes = { TypeError, RangeError, SyntaxError, ReferenceError, EvalError, URIError };

// Node has Buffer; the page has the base64 methods of Uint8Array, which Node 24 lacks.
const hasBuffer = typeof Buffer !== 'undefined';

function toBase64(bytes: Uint8Array): string {
  if (hasBuffer) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
  return (bytes as unknown as { toBase64(): string }).toBase64();
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  if (hasBuffer) return new Uint8Array(Buffer.from(text, 'base64'));
  return (Uint8Array as unknown as { fromBase64(text: string): Uint8Array<ArrayBuffer> }).fromBase64(text);
}

function encodeNumber(value: number): unknown {
  if (Object.is(value, -0)) return { $: 'number', v: '-0' };
  return Number.isFinite(value) ? value : { $: 'number', v: String(value) };
}

function encodeBytes(value: object): Tagged | undefined {
  if (value instanceof ArrayBuffer) return { $: 'buffer', v: toBase64(new Uint8Array(value)) };
  if (!ArrayBuffer.isView(value)) return undefined;
  const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  // By tag, not by constructor name: Node's Buffer arrives as a Uint8Array.
  return { $: 'view', t: Object.prototype.toString.call(value).slice(8, -1), v: toBase64(bytes) };
}

function encodeSpecial(value: object, each: Each): Tagged | undefined {
  if (value instanceof Date) return { $: 'date', v: encodeNumber(value.getTime()) };
  if (value instanceof RegExp) return { $: 'regexp', v: value.source, t: value.flags };
  if (value instanceof Map) return { $: 'map', v: [...value].map(([key, item]) => [each(key), each(item)]) };
  if (value instanceof Set) return { $: 'set', v: [...value].map(each) };
  if (value instanceof Error) return { $: 'error', t: value.name, v: value.message, s: value.stack ?? '' };
  return encodeBytes(value);
}

function encodeObject(value: object, each: Each): unknown {
  if (Array.isArray(value)) return Array.from(value, (item, at) => (at in value ? each(item) : { $: 'hole' }));
  const special = encodeSpecial(value, each);
  if (special) return special;
  const entries = Object.entries(value).map(([key, item]) => [key, each(item)] as const);
  // A key named '$' or '__proto__' must not be taken for a tag or a prototype.
  const risky = Object.hasOwn(value, '$') || Object.hasOwn(value, '__proto__');
  return risky ? { $: 'object', v: entries } : Object.fromEntries(entries);
}

export function encode(root: unknown): string {
  const seen = new Map<object, number>();
  const each: Each = (value) => {
    if (typeof value === 'number') return encodeNumber(value);
    if (value === undefined) return { $: 'undefined' };
    if (typeof value === 'bigint') return { $: 'bigint', v: String(value) };
    if (typeof value !== 'object' || value === null) return value;
    const earlier = seen.get(value);
    if (earlier !== undefined) return { $: 'ref', v: earlier };
    seen.set(value, seen.size);
    return encodeObject(value, each);
  };
  return JSON.stringify(each(root));
}

function keep<T>(state: Decoding, value: T): T {
  state.refs.push(value);
  return value;
}

function fill(state: Decoding, entries: [string, unknown][]): object {
  const target = keep(state, {});
  for (const [key, item] of entries) {
    const value = decodeValue(state, item);
    Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
  }
  return target;
}

function decodeArray(state: Decoding, items: unknown[]): unknown[] {
  const array = keep(state, new Array<unknown>(items.length));
  items.forEach((item, at) => {
    if ((item as Tagged | null)?.$ !== 'hole') array[at] = decodeValue(state, item);
  });
  return array;
}

function decodeMap(state: Decoding, pairs: [unknown, unknown][]): Map<unknown, unknown> {
  const map = keep(state, new Map<unknown, unknown>());
  for (const [key, item] of pairs) map.set(decodeValue(state, key), decodeValue(state, item));
  return map;
}

function decodeSet(state: Decoding, items: unknown[]): Set<unknown> {
  const set = keep(state, new Set<unknown>());
  for (const item of items) set.add(decodeValue(state, item));
  return set;
}

function decodeError({ t, v, s }: Tagged): Error {
  const Type = errorTypes[t as keyof typeof errorTypes] ?? Error;
  const error = new Type(String(v));
  error.stack = s ?? '';
  return error;
}

function decodeView({ t, v }: Tagged): ArrayBufferView {
  const bytes = fromBase64(String(v));
  if (t === 'Uint8Array') return bytes;
  const View = views[t as keyof typeof views] as new (buffer: ArrayBuffer) => ArrayBufferView;
  return new View(bytes.buffer);
}

function decodeTagged(state: Decoding, tag: Tagged): unknown {
  switch (tag.$) {
    case 'undefined':
      return undefined;
    case 'number':
      return Number(tag.v);
    case 'bigint':
      return BigInt(String(tag.v));
    case 'ref':
      return state.refs[tag.v as number];
    case 'date':
      return keep(state, new Date(decodeValue(state, tag.v) as number));
    case 'regexp':
      return keep(state, new RegExp(String(tag.v), tag.t));
    case 'map':
      return decodeMap(state, tag.v as [unknown, unknown][]);
    case 'set':
      return decodeSet(state, tag.v as unknown[]);
    case 'error':
      return keep(state, decodeError(tag));
    case 'buffer':
      return keep(state, fromBase64(String(tag.v)).buffer);
    case 'view':
      return keep(state, decodeView(tag));
    default:
      return fill(state, tag.v as [string, unknown][]);
  }
}

function decodeValue(state: Decoding, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return decodeArray(state, value);
  return '$' in value ? decodeTagged(state, value as Tagged) : fill(state, Object.entries(value));
}

export function decode(text: string): unknown {
  return decodeValue({ refs: [] }, JSON.parse(text));
}
