import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AuthFields, CustomField } from '../../../shared/contract/merchant-operations.ts';
import { fieldChoices } from '../../../shared/contract/merchant-operations.ts';
import { app, contact, disturbances, impatient, refuseWithEvery, startPractice, unwrap } from './support-practice.ts';
import { answers, only, startClient, startServer } from './support-server.ts';

const path = '/card/invoice/setbizattr';

const fields: AuthFields = {
  person: { phone: 'required', email: 'optional', custom: [] },
  company: {
    taxNumber: 'required',
    address: 'optional',
    phone: 'hidden',
    bankName: 'optional',
    bankAccount: 'hidden',
    custom: [{ key: '车牌号', isRequired: true, notice: '如 浙A12345' }],
  },
};

describe('the contact', () => {
  it('is null until it is set, and then what was set', async () => {
    const { client } = await startPractice();

    expect(await client.readContact()).toEqual({ ok: true, value: null });
    expect(await client.saveContact(contact)).toEqual({ ok: true, value: undefined });
    expect(await client.readContact()).toEqual({ ok: true, value: contact });
    expect(await client.saveContact({ ...contact, phone: '400-800-1234' })).toMatchObject({ ok: true });
    expect(await client.readContact()).toMatchObject({ value: { phone: '400-800-1234' } });
  });

  it('goes out as the document says', async () => {
    const server = await startServer();
    server.on(path, answers({ errcode: 0, errmsg: 'ok' }));
    const { client } = startClient(server.url);

    await client.saveContact(contact);

    const request = only(server.seenAt(path));
    expect([request.method, request.url]).toEqual(['POST', `${path}?action=set_contact&access_token=TOKEN-1`]);
    expect(request.body.toString()).toBe('{"contact":{"phone":"0571-88886666","time_out":86400}}');
  });

  it.each([
    [
      { phone: '010-1', time_out: '600' },
      { phone: '010-1', timeOutSeconds: 600 },
    ],
    [
      { phone: 88_886_666, time_out: 600 },
      { phone: '88886666', timeOutSeconds: 600 },
    ],
    [
      { phone: '010-1', timeOut: 600, other: null },
      { phone: '010-1', timeOutSeconds: 600 },
    ],
    [{ phone: '', time_out: 600 }, null],
  ])('is read from %j', async (answered, read) => {
    const server = await startServer();
    server.on(path, answers({ errcode: '0', contact: answered }));
    const { client } = startClient(server.url);

    expect(await client.readContact()).toEqual({ ok: true, value: read });
    expect(only(server.seenAt(path)).body.toString()).toBe('{}');
  });

  it.each([{}, { contact: null }, { contact: 'x' }, { contact: { phone: '010-1' } }])(
    'that comes as %j is not understood',
    async (answered) => {
      const server = await startServer();
      server.on(path, answers({ errcode: 0, ...answered }));
      const { client } = startClient(server.url);

      expect(await client.readContact()).toMatchObject({ ok: false, error: { code: 'wechat.not-understood' } });
    },
  );

  it('is not taken for set where the answer has no errcode', async () => {
    const server = await startServer();
    server.on(path, answers({}));
    const { client } = startClient(server.url);

    expect(await client.saveContact(contact)).toMatchObject({ ok: false, error: { code: 'wechat.not-understood' } });
    expect(await client.saveAuthFields(fields)).toMatchObject({ ok: false, error: { code: 'wechat.not-understood' } });
  });
});

describe('the fields of the authorisation page', () => {
  it('are null until they are set, and then what was set', async () => {
    const { client } = await startPractice();

    expect(await client.readAuthFields()).toEqual({ ok: true, value: null });
    expect(await client.saveAuthFields(fields)).toEqual({ ok: true, value: undefined });
    expect(await client.readAuthFields()).toEqual({ ok: true, value: fields });
  });

  it('go out as the document says, the title always shown', async () => {
    const server = await startServer();
    server.on(path, answers({ errcode: 0, errmsg: 'ok' }));
    const { client } = startClient(server.url);

    await client.saveAuthFields(fields);

    const request = only(server.seenAt(path));
    expect(request.url).toBe(`${path}?action=set_auth_field&access_token=TOKEN-1`);
    expect(JSON.parse(request.body.toString())).toEqual({
      auth_field: {
        user_field: {
          ...{ show_title: 1, show_phone: 1, require_phone: 1, show_email: 1, require_email: 0 },
          custom_field: [],
        },
        biz_field: {
          ...{ show_title: 1, show_tax_no: 1, require_tax_no: 1, show_addr: 1, require_addr: 0 },
          ...{ show_phone: 0, require_phone: 0, show_bank_type: 1, require_bank_type: 0 },
          ...{ show_bank_no: 0, require_bank_no: 0 },
          custom_field: [{ key: '车牌号', is_require: 1, notice: '如 浙A12345' }],
        },
      },
    });
  });

  it('survive setting and getting, whatever they are', async () => {
    const { client } = await startPractice();
    const choice = fc.constantFrom(...fieldChoices);
    const text = (longest: number) =>
      fc
        .string({ unit: 'grapheme', maxLength: longest })
        .map((made) => [...made.trim()].slice(0, longest).join('').trim());
    const custom: fc.Arbitrary<CustomField[]> = fc.array(
      fc.record({ key: text(5).filter((key) => key !== ''), isRequired: fc.boolean(), notice: text(60) }),
      { maxLength: 5 },
    );
    const anyFields: fc.Arbitrary<AuthFields> = fc.record({
      person: fc.record({ phone: choice, email: choice, custom }),
      company: fc.record({
        ...{ taxNumber: choice, address: choice, phone: choice, bankName: choice, bankAccount: choice, custom },
      }),
    });

    await fc.assert(
      fc.asyncProperty(anyFields, async (set) => {
        unwrap(await client.saveAuthFields(set));
        expect(unwrap(await client.readAuthFields())).toEqual(set);
      }),
      { numRuns: 100 },
    );
  });

  it('are refused where a name of the merchant’s own has more than 5 characters', async () => {
    const { client } = await startPractice();
    const long = { ...fields.person, custom: [{ key: '六个字的名称', isRequired: false, notice: '' }] };

    expect(await client.saveAuthFields({ ...fields, person: long })).toMatchObject({
      ok: false,
      error: { code: 'wechat.45021', class: 'fix-input', text: { zhCN: /5 个字/, en: /5 characters/ } },
    });
    expect(await client.readAuthFields()).toEqual({ ok: true, value: null });
  });

  it.each([{}, { auth_field: null }, { auth_field: [] }])('that come as %j are not understood', async (answered) => {
    const server = await startServer();
    server.on(path, answers({ errcode: 0, ...answered }));
    const { client } = startClient(server.url);

    expect(await client.readAuthFields()).toMatchObject({ ok: false, error: { code: 'wechat.not-understood' } });
  });
});

const calls = [
  ['get_contact', 72063, (client) => client.readContact()],
  ['set_contact', null, (client) => client.saveContact(contact)],
  ['get_auth_field', 72029, (client) => client.readAuthFields()],
  ['set_auth_field', null, (client) => client.saveAuthFields(fields)],
] as const satisfies readonly (readonly [string, number | null, Parameters<typeof refuseWithEvery>[3]])[];

describe.each(calls)('setbizattr?action=%s', (_action, neverSet, call) => {
  it('tells every error of the documents', async () => {
    const wrong = await refuseWithEvery(await startPractice(), 'setbizattr', path, call);

    expect(wrong).toEqual(neverSet === null ? [] : [{ errcode: neverSet, answer: { ok: true, value: null } }]);
  });

  it.each(disturbances)('disturbed by $rule ends with $repeated', async ({ rule, repeated }) => {
    const { client, control } = await startPractice({ timeouts: impatient });
    await client.saveContact(contact);
    await client.saveAuthFields(fields);
    await control.misbehave({ ...rule, path });

    const answer = await call(client);

    expect(answer.ok ? null : answer.error.code).toBe(repeated);
  });

  it('without the plug-in is told what to open', async () => {
    const { client, control } = await startPractice();
    await control.putApp({ ...app, hasInvoicePlugin: false });

    expect(await call(client)).toMatchObject({
      ok: false,
      error: {
        code: 'wechat.48001',
        class: 'fix-account',
        nextStep: { zhCN: /服务号.*电子发票/, en: /service account/ },
      },
    });
  });
});
