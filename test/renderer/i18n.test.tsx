import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { en } from '../../renderer/i18n/en.ts';
import { zhCN } from '../../renderer/i18n/zh-CN.ts';

const root = join(import.meta.dirname, '..', '..', 'renderer');

function leaves(node: unknown, path = ''): ReadonlyMap<string, string> {
  if (typeof node === 'string') return new Map([[path, node]]);
  if (typeof node !== 'object' || node === null) throw new Error(`${path} is no text`);
  return new Map(Object.entries(node).flatMap(([key, inner]) => [...leaves(inner, path ? `${path}.${key}` : key)]));
}

const places = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();

/** Attributes whose text people see or hear. */
const spoken = new Set(['title', 'alt', 'label', 'placeholder', 'aria-label', 'description', 'okText', 'cancelText']);
const chinese = /\p{Script=Han}/u;
const words = /\p{L}{2,}/u;

/** Texts for people that stand in the source of a component instead of the files of texts. */
function literalsIn(source: string, name = 'component.tsx'): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node) && words.test(node.text)) found.push(node.text.trim());
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) {
      if (isSpoken(node)) found.push(node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(name, source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX));
  return found;
}

function isSpoken(node: ts.LiteralLikeNode): boolean {
  const { parent } = node;
  if (chinese.test(node.text)) return true;
  if (!words.test(node.text)) return false;
  if (ts.isJsxAttribute(parent)) return spoken.has(parent.name.getText());
  if (ts.isJsxExpression(parent)) return !ts.isJsxAttribute(parent.parent) || spoken.has(parent.parent.name.getText());
  return (
    ts.isConditionalExpression(parent) && ts.isJsxExpression(parent.parent) && !ts.isJsxAttribute(parent.parent.parent)
  );
}

describe('the two languages', () => {
  it('have the same keys, and no empty text', () => {
    expect([...leaves(en).keys()]).toEqual([...leaves(zhCN).keys()]);
    for (const text of [...leaves(en).values(), ...leaves(zhCN).values()]) expect(text.trim()).not.toBe('');
  });

  it('leave the same places to be filled', () => {
    const english = leaves(en);
    for (const [key, text] of leaves(zhCN)) expect([key, places(english.get(key) ?? '')]).toEqual([key, places(text)]);
  });
});

describe('no text for people stands outside the files of texts', () => {
  it.each([
    ['<p>Save it</p>', 'Save it'],
    ['<p>保存</p>', '保存'],
    ['<Button title="Save it" />', 'Save it'],
    ['<Button aria-label={"Save it"} />', 'Save it'],
    ['<p>{ready ? "Save" : null}</p>', 'Save'],
    ['const word = "保存";', '保存'],
    ['const word = `$\x7bcount} 张`;', ' 张'],
  ])('is noticed in %s', (source, text) => {
    expect(literalsIn(source)).toEqual([text]);
  });

  it.each(['<p className="lead">{t("a.b")}</p>', '<p>— · 1</p>', '<Field span={2} apiName="card_id" />'])(
    'is not seen in %s',
    (source) => {
      expect(literalsIn(source)).toEqual([]);
    },
  );

  const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.startsWith('i18n'))
    .map((name) => join(root, name));

  it('looks through the whole page', () => {
    expect(files.length).toBeGreaterThan(30);
  });

  it.each(files.map((file) => [relative(root, file), file]))('holds in %s', (name, file) => {
    const found = literalsIn(readFileSync(file, 'utf8'), name);
    // How a date may be typed is a format, not a sentence.
    expect(found.filter((text) => text !== 'YYYY年M月D日')).toEqual([]);
  });
});
