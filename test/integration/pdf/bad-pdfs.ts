import { PDFDocument, PDFName, PDFString } from 'pdf-lib';
import { createPdfCanvas } from '../../../scripts/samples/pdf-canvas.ts';

type Context = PDFDocument['context'];

async function onePage(
  content: (context: Context) => string,
  resources: (context: Context) => object,
): Promise<Uint8Array> {
  const document = await PDFDocument.create({ updateMetadata: false });
  const { node } = document.addPage([600, 400]);
  const { context } = document;
  // What the resources are made of is told by the caller; pdf-lib's own type for it is not exported.
  node.set(PDFName.of('Resources'), context.obj(resources(context) as Parameters<Context['obj']>[0]));
  node.set(PDFName.of('Contents'), context.register(context.flateStream(content(context))));
  return document.save({ useObjectStreams: false });
}

/** Forms that paint each other ten times over, ten deep: ten thousand million to paint, in two kilobytes. */
export function endlessPdf(): Promise<Uint8Array> {
  return onePage(
    () => '/Form Do',
    (context) => {
      let inner = context.register(
        context.stream('0 0 1 1 re f', { Type: 'XObject', Subtype: 'Form', BBox: [0, 0, 600, 400] }),
      );
      for (let depth = 0; depth < 10; depth += 1) {
        const resources = context.obj({ XObject: { Form: inner } });
        const form = { Type: 'XObject', Subtype: 'Form', BBox: [0, 0, 600, 400], Resources: resources };
        inner = context.register(context.stream('/Form Do '.repeat(10), form));
      }
      return { XObject: context.obj({ Form: inner }) };
    },
  );
}

/** A page that is one grey picture, without a QR code. */
export function picturePdf(): Promise<Uint8Array> {
  return onePage(
    () => 'q 600 0 0 400 0 0 cm /Image Do Q',
    (context) => {
      const image = {
        Type: 'XObject',
        Subtype: 'Image',
        Width: 60,
        Height: 40,
        BitsPerComponent: 8,
        ColorSpace: 'DeviceGray',
      };
      return {
        XObject: context.obj({ Image: context.register(context.flateStream(new Uint8Array(2400).fill(180), image)) }),
      };
    },
  );
}

/** A trip sheet, with a script that the file wants run when it is opened. */
export async function tripSheetPdf(pages = 1): Promise<Uint8Array> {
  const canvas = await createPdfCanvas(600, 400);
  for (let page = 1; page <= pages; page += 1) {
    if (page > 1) canvas.newPage();
    canvas.text(300, 40, '滴滴出行-行程单', { size: 16, align: 'centre' });
    canvas.text(40, 80, '申请日期：2026-11-03 行程起止日期：2026-11-01 至 2026-11-02');
    canvas.text(40, 100, '共2笔行程，金额合计36.50元，起点：方圆路，终点：火车站');
  }
  return canvas.save('trip', (document) => {
    const script = document.context.obj({ S: 'JavaScript', JS: PDFString.of('app.alert("hello"); while (true) {}') });
    document.catalog.set(PDFName.of('OpenAction'), script);
  });
}
