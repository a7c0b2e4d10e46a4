import { foldText } from '../../../electron/pdf/fold-text.ts';
import type { PageContent, Rule, Run } from '../../../electron/pdf/page-content.ts';
import { toRun } from '../../../electron/pdf/text-lines.ts';

/** A run as it was recorded: where it begins, its baseline, its size, its text. Han are an em wide, others half. */
export type RecordedRun = readonly [x: number, y: number, size: number, text: string];

function recordedRun([x, y, size, text]: RecordedRun): Run {
  let at = x;
  const glyphs = [...text].flatMap((printed) => {
    const width = size * (/[\p{Script=Han}（）：]/u.test(printed) ? 1 : 0.5);
    const glyph = {
      printed,
      folded: foldText(printed),
      x: at,
      y,
      width,
      size,
      afterBlank: text[text.indexOf(printed) - 1] === ' ',
    };
    at += width;
    return printed === ' ' ? [] : [glyph];
  });
  return toRun(glyphs);
}

/** A page of recorded runs, with rules at the given places. */
export function recordedPage(
  runs: readonly RecordedRun[],
  rules: { readonly horizontal?: readonly number[]; readonly vertical?: readonly Rule[] } = {},
): PageContent {
  const horizontal = (rules.horizontal ?? []).map((at) => ({ at, from: 13, to: 587 }));
  return {
    number: 1,
    height: 384,
    runs: runs.map(recordedRun),
    drawings: [],
    rules: { horizontal, vertical: rules.vertical ?? [] },
  };
}

/** The fixed parts of a fully digital invoice, with its frame. */
export const digitalFrame = {
  horizontal: [86, 142, 264, 286, 346],
  vertical: [
    { at: 318, from: 86, to: 142 },
    { at: 301, from: 86, to: 142 },
    { at: 31, from: 286, to: 346 },
  ],
};

export const digitalRuns: readonly RecordedRun[] = [
  [210, 36, 18, '电子发票（普通发票）'],
  [418, 40, 8.5, '发票号码：'],
  [461, 41, 8.5, '26312000000010100556'],
  [418, 58, 8.5, '开票日期：'],
  [461, 59, 8.5, '2026'],
  [480, 58, 8.5, '年'],
  [489, 59, 8.5, '11'],
  [498, 58, 8.5, '月'],
  [507, 59, 8.5, '03'],
  [516, 58, 8.5, '日'],
  [36, 106, 8, '名称：'],
  [57, 106, 8, '苏州金禾食品有限公司'],
  [323, 106, 8, '名称：'],
  [347, 106, 8, '成都长风印刷有限公司'],
  [36, 130, 8, '统一社会信用代码/纳税人识别号：'],
  [168, 130, 8, '91310115MA1K4X7Q04'],
  [323, 130, 8, '统一社会信用代码/纳税人识别号：'],
  [452, 130, 8, '91320000MA1000000X'],
  [40, 154, 8, '项目名称'],
  [146, 154, 8, '规格型号'],
  [220, 154, 8, '单 位'],
  [274, 154, 8, '数 量'],
  [346, 154, 8, '单 价'],
  [426, 154, 8, '金 额'],
  [467, 154, 8, '税率/征收率'],
  [560, 154, 8, '税 额'],
  [33, 258, 8, '合        计'],
  [420, 258, 8, '¥100.00'],
  [556, 258, 8, '¥13.00'],
  [28, 278, 8, '价税合计（大写）'],
  [174, 278, 9, '壹佰壹拾叁圆整'],
  [418, 278, 8, '（小写）'],
  [456, 278, 9, '¥113.00'],
  [60, 366, 8, '开票人：'],
  [94, 366, 8, '方一心'],
];
