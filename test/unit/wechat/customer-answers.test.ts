import { describe, expect, it } from 'vitest';
import { fromAuthField, toAuthField } from '../../../electron/wechat/merchant.ts';
import { readUserTitle } from '../../../electron/wechat/orders.ts';
import { type AuthFields, fieldChoices } from '../../../shared/contract/merchant-operations.ts';

const hidden: AuthFields = {
  person: { phone: 'hidden', email: 'hidden', custom: [] },
  company: {
    taxNumber: 'hidden',
    address: 'hidden',
    phone: 'hidden',
    bankName: 'hidden',
    bankAccount: 'hidden',
    custom: [],
  },
};

/** Every way to choose for the two fields of a person and the five of a company. */
function everyChoice(): AuthFields[] {
  const all = Array.from({ length: 3 ** 7 }, (_, number) => {
    const of = (place: number) => fieldChoices[Math.floor(number / 3 ** place) % 3] ?? 'hidden';
    return {
      person: { phone: of(0), email: of(1), custom: [] },
      company: {
        ...{ taxNumber: of(2), address: of(3), phone: of(4), bankName: of(5), bankAccount: of(6) },
        custom: [],
      },
    };
  });
  return all;
}

describe('the fields of the authorisation page', () => {
  it('are read as they were written, in all 2187 combinations', () => {
    const all = everyChoice();
    expect(new Set(all.map((fields) => JSON.stringify(fields))).size).toBe(2187);
    for (const fields of all) expect(fromAuthField(toAuthField(fields))).toEqual(fields);
  });

  it.each([undefined, null, 5, {}, { user_field: null, biz_field: [] }, { user_field: { show_title: 1 } }])(
    'that are missing are hidden: %j',
    (answered) => {
      expect(fromAuthField(answered)).toEqual(hidden);
    },
  );

  it.each([
    [{ show_phone: 1, require_phone: 1 }, 'required'],
    [{ show_phone: '1', require_phone: '1' }, 'required'],
    [{ show_phone: true, require_phone: true }, 'required'],
    [{ show_phone: 1 }, 'optional'],
    [{ show_phone: '1', require_phone: '0' }, 'optional'],
    [{ show_phone: 1, require_phone: null }, 'optional'],
    [{ show_phone: 0, require_phone: 1 }, 'hidden'],
    [{ require_phone: 1 }, 'hidden'],
  ])('%j is %s', (flags, choice) => {
    expect(fromAuthField({ user_field: flags }).person.phone).toBe(choice);
    expect(fromAuthField({ biz_field: flags }).company.phone).toBe(choice);
  });

  it('of the merchant’s own are read as far as they can be', () => {
    const custom_field = [{ key: ' 部门 ', is_require: '1' }, { key: '' }, null, 'x', { key: 7, notice: null }];
    expect(fromAuthField({ user_field: { custom_field } }).person.custom).toEqual([
      { key: '部门', isRequired: true, notice: '' },
      { key: '7', isRequired: false, notice: '' },
    ]);
    expect(fromAuthField({ user_field: { custom_field: '' } }).person.custom).toEqual([]);
  });
});

describe('the title that a customer filled in', () => {
  const nobody = { taxNumber: '', address: '', phone: '', bankName: '', bankAccount: '', email: '', custom: [] };
  const company = { title: '某某公司', tax_no: '91310000MA1' };

  it.each([undefined, null, '', [], {}, { user_field: {} }, { user_field: { title: ' ' }, biz_field: null }])(
    'is null where %j came',
    (info) => {
      expect(readUserTitle(info)).toBeNull();
    },
  );

  it('is a company’s or a person’s, whichever has one', () => {
    const ofCompany = { ...nobody, kind: 'company', title: '某某公司', taxNumber: '91310000MA1' };
    expect(readUserTitle({ biz_field: company })).toEqual(ofCompany);
    expect(readUserTitle({ user_field: { title: '' }, biz_field: company })).toEqual(ofCompany);
    expect(readUserTitle({ user_field: { title: '张三' }, biz_field: { title: '' } })).toEqual({
      ...nobody,
      ...{ kind: 'person', title: '张三' },
    });
  });

  it('may lack its title while other things are there', () => {
    expect(readUserTitle({ user_field: { phone: 13_800_000_000 } })).toEqual({
      ...nobody,
      ...{ kind: 'person', title: '', phone: '13800000000' },
    });
    const custom_field = [{ key: '座位', value: 3 }, { value: 'x' }, 'y'];
    expect(readUserTitle({ user_field: { custom_field } })?.custom).toEqual([{ key: '座位', value: '3' }]);
  });
});
