import type { HttpBindings } from '@hono/node-server';
import type { Context, Hono } from 'hono';
import * as z from 'zod';
import { authoriseOrder } from './authorisation.ts';
import type { PracticeContext } from './context.ts';
import { ControlFault } from './control-fault.ts';
import {
  authoriseSchema,
  defaultPracticeSettings,
  misbehaviourSchema,
  type PracticeBooks,
  practiceAppSchema,
  practiceSettingsSchema,
  pushSchema,
  reimburseStatusNames,
} from './practice-types.ts';
import { push, pushHandshake, pushStatus } from './push.ts';
import { sealCode } from './seal.ts';
import { setStatus } from './statuses.ts';

/** Everything the books hold, as it is now. */
export function currentBooks(context: PracticeContext): PracticeBooks {
  const { books, journal } = context;
  const { calls, dropped } = journal.calls();
  return {
    apps: [...books.apps.values()].map(({ appid }) => appid),
    cards: [...books.cards.values()],
    templates: [...books.templates.values()],
    pdfs: [...books.pdfs.values()],
    orders: [...books.orders.values()],
    calls: [...calls],
    callsDropped: dropped,
    tokensIssued: journal.tokensIssued,
    repeatedNonces: [...journal.repeatedNonces],
    faults: [...journal.faults],
    settings: context.settings(),
  };
}

const advanceSchema = z.strictObject({ seconds: z.number() });
const reimburseSchema = z.strictObject({ code: z.string(), status: z.enum(reimburseStatusNames) });
const redirectSchema = z.strictObject({
  code: z.string(),
  entry: z.enum(['custom', 'promotion']).default('custom'),
});
const handshakeSchema = z.strictObject({ appid: z.string(), spoil: z.boolean().default(false) });

async function reimburse(context: PracticeContext, input: z.output<typeof reimburseSchema>) {
  const card = context.books.cards.get(input.code);
  if (card === undefined) throw new ControlFault(`no card ${input.code}`);
  if (card.status === 'INVOICE_REIMBURSE_CLOSURE' || card.status === 'INVOICE_REIMBURSE_CANCEL')
    throw new ControlFault(`the card is final: ${card.status}`);
  const changed = setStatus(context, card, input.status, 'company');
  await context.books.settle();
  return { card: changed, push: await pushStatus(context, changed) };
}

function redirectLink(context: PracticeContext, { code, entry }: z.output<typeof redirectSchema>) {
  const card = context.books.cards.get(code);
  if (card === undefined) throw new ControlFault(`no card ${code}`);
  const info = context.books.templates.get(card.cardId)?.content['base_info'];
  // createcard refuses templates whose base_info is no object.
  const base = info as Readonly<Record<string, unknown>> | undefined;
  const target = base?.[`${entry}_url`];
  const encryptCode = sealCode(context, code);
  const query = `encrypt_code=${encodeURIComponent(encryptCode)}&card_id=${encodeURIComponent(card.cardId)}`;
  const address = typeof target === 'string' && URL.canParse(target) ? target : 'http://www.qq.com';
  return { encryptCode, cardId: card.cardId, url: `${address}${address.includes('?') ? '&' : '?'}${query}` };
}

async function reset(context: PracticeContext) {
  context.misbehaviours.clear();
  context.journal.clear();
  await context.books.clear(['apps']);
  return { ok: true };
}

async function readInput<Schema extends z.ZodType>(context: Context, schema: Schema): Promise<z.output<Schema>> {
  const text = await context.req.text();
  let value: unknown = {};
  try {
    if (text !== '') value = JSON.parse(text);
  } catch {
    throw new ControlFault('the body is not JSON');
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new ControlFault(z.prettifyError(parsed.error));
  return parsed.data;
}

type PracticeHono = Hono<{ Bindings: HttpBindings }>;

/** A page in somebody's browser must not steer the server: no foreign origin, no name that only resolves here. */
function guardControl(hono: PracticeHono): void {
  hono.use('/practice/*', async (request, next) => {
    const host = (request.req.header('host') ?? '').replace(/:\d+$/, '');
    const isOwn = ['127.0.0.1', 'localhost'].includes(host) && request.req.header('origin') === undefined;
    if (!isOwn) return request.json({ error: 'only from this computer' }, 403);
    return next();
  });
}

/** Everything that tests and people steer, as JSON under `/practice/`. */
export function mountControl(hono: PracticeHono, context: PracticeContext): void {
  const post = <Schema extends z.ZodType>(
    path: string,
    schema: Schema,
    act: (input: z.output<Schema>) => unknown,
  ): void => {
    hono.post(`/practice/${path}`, async (request) => {
      try {
        const result = await act(await readInput(request, schema));
        await context.books.settle();
        return request.json(result ?? { ok: true });
      } catch (error) {
        if (error instanceof ControlFault) return request.json({ error: error.message }, 400);
        throw error;
      }
    });
  };
  guardControl(hono);
  hono.get('/practice/books', (request) => request.json(currentBooks(context)));
  hono.get('/practice/misbehave', (request) => request.json(context.misbehaviours.list()));
  hono.delete('/practice/misbehave', (request) => {
    context.misbehaviours.clear();
    return request.json({ ok: true });
  });
  post('apps', practiceAppSchema, (app) => context.books.apps.put(app.appid, app));
  post('settings', practiceSettingsSchema.partial(), (change) => {
    context.changeSettings(withoutUndefined(change));
    return context.settings();
  });
  post('settings/default', z.strictObject({}), () => context.changeSettings(defaultPracticeSettings));
  post('misbehave', misbehaviourSchema, (rule) => context.misbehaviours.add(rule));
  post('authorise', authoriseSchema, (input) => authoriseOrder(context, input));
  post('push', pushSchema, (input) => push(context, input));
  post('handshake', handshakeSchema, ({ appid, spoil }) => pushHandshake(context, appid, spoil));
  post('advance', advanceSchema, ({ seconds }) => {
    context.advance(seconds);
    return { now: context.now() };
  });
  post('reimburse', reimburseSchema, (input) => reimburse(context, input));
  post('redirect-link', redirectSchema, (input) => redirectLink(context, input));
  post('reset', z.strictObject({}), () => reset(context));
}

function withoutUndefined<Value extends object>(
  value: Value,
): { [Key in keyof Value]?: Exclude<Value[Key], undefined> } {
  // Filtering keeps the keys' types; only the undefined values go.
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as {
    [Key in keyof Value]?: Exclude<Value[Key], undefined>;
  };
}
