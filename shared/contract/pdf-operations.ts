import * as z from 'zod';
import { findingSchema } from '../invoice/findings.ts';
import { invoiceItemSchema } from '../invoice/invoice.ts';
import { fenSchema } from '../invoice/money.ts';
import { fileTokenSchema, idSchema, operation } from './operation.ts';

/**
 * Where a value comes from: data embedded in the file, the QR code, printed text beside its label, printed text by its
 * place alone, or the other amounts.
 */
export const pdfSources = ['embedded', 'qr', 'text', 'zone', 'arithmetic'] as const;
export type PdfSource = (typeof pdfSources)[number];

/** `sure`: confirmed by another source or by arithmetic; `likely`: one source only; `doubtful`: sources or sums disagree. */
export const pdfConfidences = ['sure', 'likely', 'doubtful'] as const;
export type PdfConfidence = (typeof pdfConfidences)[number];

/** A place on a page, in parts (0 to 1) of its shown width and height, from the top left corner. Pages count from 1. */
const boxSchema = z.strictObject({
  page: z.int().positive(),
  x: z.number(),
  y: z.number(),
  width: z.number(),
  height: z.number(),
});

function fieldSchema<Value extends z.ZodType>(value: Value) {
  return z
    .strictObject({
      value,
      source: z.enum(pdfSources),
      confidence: z.enum(pdfConfidences),
      box: boxSchema.nullable(),
      /** What other sources say instead; empty where none disagrees. */
      others: z.array(z.strictObject({ value, source: z.enum(pdfSources), box: boxSchema.nullable() })),
    })
    .nullable();
}

const textField = fieldSchema(z.string());
const amountField = fieldSchema(fenSchema);

/** Every field of an invoice that its PDF can say; null where it says nothing. */
const fieldsShape = {
  title: textField,
  feeFen: amountField,
  feeWithoutTaxFen: amountField,
  taxFen: amountField,
  billingTime: fieldSchema(z.int()),
  billingNo: textField,
  billingCode: textField,
  checkCode: textField,
  buyerNumber: textField,
  buyerAddressAndPhone: textField,
  buyerBankAccount: textField,
  sellerName: textField,
  sellerNumber: textField,
  sellerAddressAndPhone: textField,
  sellerBankAccount: textField,
  remarks: textField,
  cashier: textField,
  maker: textField,
  /** The document's title, such as 电子发票（普通发票）. */
  type: textField,
};

const fieldsSchema = z.strictObject(fieldsShape);
export type PdfFields = z.output<typeof fieldsSchema>;
export type PdfFieldName = keyof PdfFields;

/** A line as printed. Texts are empty and amounts null where nothing is printed. */
const lineSchema = z.strictObject({
  name: z.string(),
  spec: z.string(),
  unit: z.string(),
  num: z.string(),
  price: z.string(),
  netFen: fenSchema,
  /** `13%`, `免税`, `不征税` … */
  rate: z.string(),
  taxFen: fenSchema.nullable(),
  source: z.enum(pdfSources),
  box: boxSchema.nullable(),
});
export type PdfLine = z.output<typeof lineSchema>;

/** `vat`: 增值税电子发票 with code, number and check code; `digital`: 数电票 with a number of 20 digits. */
const kindSchema = z.enum(['vat', 'digital', 'not-invoice']);

export const extractionSchema = z.strictObject({
  kind: kindSchema,
  /** Red-letter 红字: a negative invoice, which cannot become a card. */
  isRedLetter: z.boolean(),
  fields: fieldsSchema,
  lines: z.array(lineSchema),
  /** The lines as the card takes them: discounts folded into the line they belong to. */
  items: z.array(invoiceItemSchema),
  findings: z.array(findingSchema),
  pages: z.strictObject({ count: z.int(), read: z.int() }),
});
export type Extraction = z.output<typeof extractionSchema>;

export const pdfOperations = {
  'pdf.extract': operation({
    summary: {
      zhCN: '从发票 PDF 里读出全部内容：每一栏的值、来源、可信程度和所在位置',
      en: 'Read an invoice PDF: the value of each field, its source, how sure it is, and where it stands',
    },
    /** A PDF, or the XML that comes with a digital invoice; or the id of a PDF that is stored with an invoice. */
    input: z.strictObject({ file: z.union([fileTokenSchema, idSchema]) }),
    output: extractionSchema,
  }),
};
