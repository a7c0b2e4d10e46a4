import * as z from 'zod';
import { idSchema, operation } from './operation.ts';

/** Whom customers can turn to; without it WeChat hands out no authorisation links (72063). */
export const contactSchema = z.strictObject({
  phone: z
    .string()
    .trim()
    .min(3)
    .max(30)
    .regex(/^[0-9+\-() ]+$/),
  /** time_out: within how many seconds the merchant answers a request to invoice. */
  timeOutSeconds: z
    .int()
    .min(1)
    .max(365 * 24 * 3600),
});
export type Contact = z.output<typeof contactSchema>;

/** A contact as WeChat holds it, set here or elsewhere. */
export const keptContactSchema = z.strictObject({ phone: z.string(), timeOutSeconds: z.int() });

export const fieldChoices = ['hidden', 'optional', 'required'] as const;
export type FieldChoice = (typeof fieldChoices)[number];

/** A field of the merchant's own on the authorisation page. */
export const customFieldSchema = z.strictObject({
  key: z.string().trim().min(1),
  isRequired: z.boolean(),
  /** Shown in the empty field. */
  notice: z.string().trim().max(60).default(''),
});
export type CustomField = z.output<typeof customFieldSchema>;

export const mostCustomFields = 5;
const choiceSchema = z.enum(fieldChoices);
const customSchema = z.array(customFieldSchema).max(mostCustomFields).default([]);

/** What a customer is asked on the authorisation page besides the title, which is always asked. */
export const authFieldsSchema = z.strictObject({
  person: z.strictObject({ phone: choiceSchema, email: choiceSchema, custom: customSchema }),
  company: z.strictObject({
    taxNumber: choiceSchema,
    address: choiceSchema,
    phone: choiceSchema,
    bankName: choiceSchema,
    bankAccount: choiceSchema,
    custom: customSchema,
  }),
});
export type AuthFields = z.output<typeof authFieldsSchema>;

const ofAccount = z.strictObject({ accountId: idSchema });

/** The merchant's side of an account: contact, and what customers fill in where they authorise. */
export const merchantOperations = {
  'merchant.readContact': operation({
    summary: { zhCN: '读取商户联系方式', en: "Read the merchant's contact" },
    input: ofAccount,
    output: z.strictObject({
      /** Null: it was never set. */
      contact: keptContactSchema.nullable(),
    }),
  }),
  'merchant.saveContact': operation({
    summary: { zhCN: '设置商户联系方式', en: "Set the merchant's contact" },
    input: ofAccount.extend({ contact: contactSchema }),
    output: z.strictObject({ contact: contactSchema }),
  }),
  'merchant.readAuthFields': operation({
    summary: { zhCN: '读取授权页要填写的字段', en: 'Read the fields of the authorisation page' },
    input: ofAccount,
    output: z.strictObject({
      /** Null: they were never set. */
      fields: authFieldsSchema.nullable(),
    }),
  }),
  'merchant.saveAuthFields': operation({
    summary: { zhCN: '设置授权页要填写的字段', en: 'Set the fields of the authorisation page' },
    input: ofAccount.extend({ fields: authFieldsSchema }),
    output: z.strictObject({ fields: authFieldsSchema }),
  }),
};
