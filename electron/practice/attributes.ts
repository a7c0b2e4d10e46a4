import { type Call, type Endpoints, type JsonObject, objectOf, textOf } from './call.ts';
import { accept, type Reply, refuse, refuseEmpty } from './replies.ts';
import { appidOfPlatformId } from './templates.ts';

interface Attribute {
  /** The object's name in requests and answers. */
  readonly field: string;
  readonly missing: number;
  check(value: JsonObject, call: Call): Reply | undefined;
}

function checkFields(fields: JsonObject | undefined): Reply | undefined {
  for (const [name, flag] of Object.entries(fields ?? {}))
    if (/^(show|require)_/.test(name) && flag !== 0 && flag !== 1)
      return refuse(72031, `invalid params, ${name} is error`);
  return checkCustomFields(fields);
}

function checkCustomFields(fields: JsonObject | undefined): Reply | undefined {
  const custom = fields?.['custom_field'];
  if (custom === undefined) return undefined;
  if (!Array.isArray(custom)) return refuse(47001);
  for (const item of custom as readonly unknown[]) {
    const key = typeof item === 'object' && item !== null && 'key' in item ? item.key : undefined;
    if (typeof key !== 'string' || key === '') return refuseEmpty('key');
    if ([...key].length > 5) return refuse(45021);
  }
  return undefined;
}

const attributes: Readonly<Record<string, Attribute>> = {
  contact: {
    field: 'contact',
    missing: 72063,
    check: (value) => {
      if (textOf(value, 'phone') === undefined) return refuseEmpty('phone');
      if (value['time_out'] === undefined) return refuseEmpty('time_out');
      return Number.isSafeInteger(value['time_out']) ? undefined : refuse(47001);
    },
  },
  auth_field: {
    field: 'auth_field',
    missing: 72029,
    check: (value) => {
      const person = objectOf(value, 'user_field');
      const company = objectOf(value, 'biz_field');
      if (person === undefined && company === undefined) return refuseEmpty('auth_field');
      return checkFields(person) ?? checkFields(company);
    },
  },
  pay_mch: {
    field: 'paymch_info',
    missing: 72028,
    check: (value, { context }) => {
      if (!/^\d{8,10}$/.test(textOf(value, 'mchid') ?? '')) return refuse(72030);
      const platform = textOf(value, 's_pappid');
      if (platform === undefined) return refuseEmpty('s_pappid');
      return appidOfPlatformId(context, platform) === undefined
        ? refuse(72031, 'invalid params, s_pappid is error')
        : undefined;
    },
  },
};

function setBizAttribute(call: Call): Reply {
  const { context, app, query, json } = call;
  const [, verb, name = ''] = /^(set|get)_(.+)$/.exec(query.get('action') ?? '') ?? [];
  const attribute = attributes[name];
  if (attribute === undefined) return refuse(72031, 'invalid params, action is error');
  const key = `${app.appid} ${name}`;
  if (verb === 'get') {
    const stored = context.books.attributes.get(key);
    return stored === undefined ? refuse(attribute.missing) : accept({ [attribute.field]: stored });
  }
  const value = objectOf(json, attribute.field);
  if (value === undefined) return refuseEmpty(attribute.field);
  const fault = attribute.check(value, call);
  if (fault !== undefined) return fault;
  context.books.attributes.put(key, value);
  return accept();
}

export const attributeEndpoints: Endpoints = {
  '/card/invoice/setbizattr': { method: 'POST', body: 'json', needs: 'plugin', handle: setBizAttribute },
};
