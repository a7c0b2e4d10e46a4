import { ColumnWidthOutlined, LeftOutlined, RightOutlined, ZoomInOutlined, ZoomOutOutlined } from '@ant-design/icons';
import { Alert, Button, Tooltip } from 'antd';
import type { PDFDocumentProxy } from 'pdfjs-dist';
import { type ComponentType, type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Loading } from '../loading.tsx';
import './papers.css';
import { usePageDrawing, usePdf } from './use-pdf.ts';

const zoomSteps = [0.25, 0.5, 0.67, 0.75, 0.9, 1, 1.25, 1.5, 2, 3, 4] as const;
/** Room for the page's shadow on both sides, in CSS pixels. */
const margin = 32;

function useWidth(place: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, [place]);
  return width;
}

function Tool(props: {
  readonly name: string;
  readonly icon: ComponentType<{ readonly 'aria-hidden'?: 'true' }>;
  readonly disabled?: boolean;
  readonly onClick: () => void;
}) {
  const { name, icon: Icon, disabled = false, onClick } = props;
  return (
    <Tooltip title={name}>
      <Button
        size="small"
        type="text"
        aria-label={name}
        icon={<Icon aria-hidden="true" />}
        disabled={disabled}
        onClick={onClick}
      />
    </Tooltip>
  );
}

interface Moves {
  readonly page: (step: 1 | -1) => void;
  readonly zoom: (direction: 'in' | 'out' | 'fit') => void;
}

function onKey({ page, zoom }: Moves): (event: KeyboardEvent) => void {
  const moves: ReadonlyMap<string, () => void> = new Map([
    ['PageDown', () => page(1)],
    ['PageUp', () => page(-1)],
    ['+', () => zoom('in')],
    ['=', () => zoom('in')],
    ['-', () => zoom('out')],
    ['0', () => zoom('fit')],
  ]);
  return (event) => {
    const move = event.ctrlKey || event.metaKey || event.altKey ? undefined : moves.get(event.key);
    if (!move) return;
    event.preventDefault();
    move();
  };
}

/** A place on a page that is shown marked. Its page comes into view. */
export interface PdfMark {
  /** In parts (0 to 1) of the page's width and height, from the top left corner; pages count from 1. */
  readonly box: {
    readonly page: number;
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  };
  readonly doubtful: boolean;
}

const percent = (part: number) => `${(part * 100).toFixed(2)}%`;

function MarkOnPage({ mark }: { readonly mark: PdfMark }) {
  const place = useRef<HTMLDivElement>(null);
  const { x, y, width, height } = mark.box;
  useEffect(() => {
    place.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  });
  return (
    <div
      ref={place}
      className={mark.doubtful ? 'pdf-box is-doubtful' : 'pdf-box'}
      aria-hidden="true"
      style={{ left: percent(x), top: percent(y), width: percent(width), height: percent(height) }}
    />
  );
}

interface OpenPdfProps {
  readonly document: PDFDocumentProxy;
  readonly name: string;
  readonly mark: PdfMark | undefined;
}

function OpenPdf({ document, name, mark }: OpenPdfProps) {
  const { t } = useTranslation();
  const place = useRef<HTMLElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [pageNumber, setPageNumber] = useState(1);
  const [zoom, setZoom] = useState<'fit' | number>('fit');
  const marked = mark?.box.page;
  useEffect(() => {
    if (marked !== undefined) setPageNumber(Math.min(document.numPages, marked));
  }, [document, marked]);
  const width = useWidth(place) - margin;
  const { drawnZoom, failure } = usePageDrawing(document, canvas, { pageNumber, zoom, width });
  const total = document.numPages;
  const moves: Moves = {
    page: (step) => setPageNumber((shown) => Math.min(total, Math.max(1, shown + step))),
    zoom: (direction) => {
      if (direction === 'fit') return setZoom('fit');
      const next =
        direction === 'in'
          ? zoomSteps.find((step) => step > drawnZoom + 0.005)
          : zoomSteps.findLast((step) => step < drawnZoom - 0.005);
      return next === undefined ? undefined : setZoom(next);
    },
  };
  return (
    <>
      <div className="pdf-tools" role="toolbar" aria-label={t('pdf.tools')}>
        <Tool
          name={t('pdf.previousPage')}
          icon={LeftOutlined}
          disabled={pageNumber <= 1}
          onClick={() => moves.page(-1)}
        />
        <span className="pdf-pages" aria-live="polite">
          {t('pdf.pageOf', { page: pageNumber, total })}
        </span>
        <Tool
          name={t('pdf.nextPage')}
          icon={RightOutlined}
          disabled={pageNumber >= total}
          onClick={() => moves.page(1)}
        />
        <span className="pdf-gap" />
        <Tool name={t('pdf.zoomOut')} icon={ZoomOutOutlined} onClick={() => moves.zoom('out')} />
        <span className="pdf-zoom">{t('pdf.zoomPercent', { percent: Math.round(drawnZoom * 100) })}</span>
        <Tool name={t('pdf.zoomIn')} icon={ZoomInOutlined} onClick={() => moves.zoom('in')} />
        <Tool name={t('pdf.fitWidth')} icon={ColumnWidthOutlined} onClick={() => moves.zoom('fit')} />
      </div>
      {failure && <Alert type="warning" showIcon title={t(`pdf.failed.${failure}`)} />}
      <section
        className="pdf-place"
        ref={place}
        aria-label={t('pdf.region', { name })}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
        tabIndex={0}
        onKeyDown={onKey(moves)}
      >
        <div className="pdf-page">
          <canvas ref={canvas} role="img" aria-label={t('pdf.pageOf', { page: pageNumber, total })} />
          {mark && marked === pageNumber && <MarkOnPage mark={mark} />}
        </div>
      </section>
    </>
  );
}

/** A PDF to look at: pages, zoom, keys, and a place that is marked on it. */
export function PdfView(props: {
  readonly bytes: Uint8Array;
  readonly name: string;
  readonly mark?: PdfMark | undefined;
}) {
  const { bytes, name, mark } = props;
  const { t } = useTranslation();
  const state = usePdf(bytes);
  if (state.kind === 'opening') return <Loading />;
  if (state.kind === 'failed')
    return <Alert className="pdf-failed" type="warning" showIcon title={t(`pdf.failed.${state.failure}`)} />;
  return <OpenPdf document={state.document} name={name} mark={mark} />;
}
